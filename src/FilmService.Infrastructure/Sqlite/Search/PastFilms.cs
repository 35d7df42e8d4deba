using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Infrastructure.Model;
using FilmService.Infrastructure.Sqlite.Projection;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>
/// The films as they were at a revision, with the columns of <c>films</c>: each film's last change up to it, read in order of ids
/// by the index of the changes. Nothing is stored, so the catalogue's size is no matter; another order is sorted by SQLite, which
/// moves what does not fit in its cache to a temporary file.
/// </summary>
internal static class PastFilms
{
    private const string Index = "INDEXED BY \"IX_changes_sort_key_revision\"";

    private static readonly string Fields = string.Join(", ", FilmFields.All.Select(field =>
        $"{(field.Kind is FilmFieldKind.Choice ? $"ifnull(film.{field.Argument}, 0)" : $"film.{field.Argument}")} AS {field.Argument}"));

    /// <summary>Registers the functions for names, of which the changes have no normalised form.</summary>
    public static void AddFunctions(SqliteConnection connection)
    {
        connection.CreateFunction("normalize", (string name) => NormalizedName.Of(name), isDeterministic: true);
        connection.CreateFunction("search_extra_of", (string name, string normalized) => SearchExtra.Of(SearchableName.Of(name, normalized)), isDeterministic: true);
    }

    /// <summary>The candidates of a query for the past; null if it asks for the films as they are.</summary>
    public static AccessPath? Of(FilmQuery query) =>
        query.AsOf is { } asOf ? new AccessPath(sql => $"({Rows(query, sql.Value(asOf.Number))}) AS films", _ => "1") : null;

    // With a LIMIT, SQLite normalises each name once; otherwise, wherever the name is used.
    private static string Rows(FilmQuery query, string number) => query switch
    {
        { Filter.Words: not null } => $"""
            SELECT *, {ComputedColumns.SearchWords} AS search_words, {ComputedColumns.Letters} AS letters, {ComputedColumns.NameLength} AS name_length
            FROM (SELECT *, search_extra_of(name, normalized_name) AS search_extra FROM ({Normalized(number)}) LIMIT -1)
            """,
        { DependsOnNames: true } => Normalized(number),
        _ => Rows(number),
    };

    private static string Normalized(string number) => $"SELECT *, normalize(name) AS normalized_name FROM ({Rows(number)}) LIMIT -1";

    private static string Rows(string number) => $"""
        SELECT *, {ComputedColumns.Released} AS released FROM (
            SELECT last.sort_key AS sort_key, film.id AS id, {Fields}, film.revision AS revision
            FROM changes AS last {Index} CROSS JOIN changes AS film ON film.revision = last.revision
            WHERE last.indexed = 1 AND last.revision <= {number} AND film.name IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM changes AS next {Index}
                WHERE next.indexed = 1 AND next.sort_key = last.sort_key AND next.revision > last.revision AND next.revision <= {number}))
        """;
}
