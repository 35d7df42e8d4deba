using FilmService.Domain.Search;
using FilmService.Infrastructure.Sqlite.Native;
using FilmService.Infrastructure.Sqlite.Search;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>
/// The full-text tables of the names, on the writing connection. They do not store their texts, so a name must be removed with the
/// same texts that were added.
/// </summary>
internal sealed class FullTextIndexes(SqliteConnection connection) : IDisposable
{
    private readonly Table _words = new(connection, "film_words", "tokens");
    private readonly Table _trigrams = new(connection, "film_trigrams", "normalized_name");

    /// <summary>Rebuilds them from <c>films</c>.</summary>
    /// <param name="step">Called for each film.</param>
    public static void Rebuild(SqliteConnection connection, Action? step = null)
    {
        connection.CreateFunction("word_tokens", (string name, string normalized) => TokensOf(name, normalized, step), isDeterministic: true);
        connection.Execute("""
            INSERT INTO film_words (film_words) VALUES ('delete-all');
            INSERT INTO film_words (rowid, tokens) SELECT row, word_tokens(name, normalized_name) FROM films ORDER BY row;
            INSERT INTO film_trigrams (film_trigrams) VALUES ('rebuild');
            """);
    }

    private static string TokensOf(string name, string normalized, Action? step)
    {
        step?.Invoke();
        return WordTokens.Of(SearchableName.Of(name, normalized));
    }

    public void Add(long row, SearchableName name)
    {
        _words.Add(row, WordTokens.Of(name));
        _trigrams.Add(row, name.Normalized);
    }

    public void Remove(long row, SearchableName name)
    {
        _words.Remove(row, WordTokens.Of(name));
        _trigrams.Remove(row, name.Normalized);
    }

    public void Dispose()
    {
        _words.Dispose();
        _trigrams.Dispose();
    }

    private sealed class Table(SqliteConnection connection, string name, string column) : IDisposable
    {
        private readonly SqliteStatement _add = new(connection, $"INSERT INTO {name} (rowid, {column}) VALUES ($1, $2)");
        private readonly SqliteStatement _remove = new(connection, $"INSERT INTO {name} ({name}, rowid, {column}) VALUES ('delete', $1, $2)");

        public void Add(long row, string text) => _add.Bind(row).Bind(text).Run();

        public void Remove(long row, string text) => _remove.Bind(row).Bind(text).Run();

        public void Dispose()
        {
            _add.Dispose();
            _remove.Dispose();
        }
    }
}
