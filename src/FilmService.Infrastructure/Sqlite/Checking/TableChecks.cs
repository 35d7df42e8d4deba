using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite.Native;

namespace FilmService.Infrastructure.Sqlite.Checking;

/// <summary>Compares the tables of a file with the changes from which they are derived.</summary>
internal sealed class TableChecks(CheckedFile file)
{
    private static readonly string Fields = string.Join(", ", FilmFields.All.Select(field => field.Argument));
    private static readonly string ChangedFields = string.Join(", ", FilmFields.All.Select(
        field => field.Kind is FilmFieldKind.Choice ? $"ifnull({field.Argument}, 0)" : field.Argument));

    public IEnumerable<string> ForeignKeys() =>
        file.Rows("PRAGMA foreign_key_check", row => $"A row of {row.GetString(0)} refers to a row of {row.GetString(2)} that does not exist.");

    public IEnumerable<string> Changes(long number)
    {
        var last = file.Count("SELECT ifnull(max(revision), 0) FROM changes NOT INDEXED");
        if (last != number)
        {
            yield return $"The head is revision {number}, but the last change is {last}.";
        }

        if (file.Count("SELECT count(*) FROM changes NOT INDEXED WHERE length(sort_key) < 2 OR id = '' OR typeof(at) <> 'integer'") is > 0 and var broken)
        {
            yield return $"{broken} changes have no valid id or time.";
        }
    }

    public IEnumerable<string> GeneratedIds(long lastGenerated)
    {
        file.Connection.CreateFunction("whole_number", (string id) => FilmId.TryParse(id, out var film) ? film.WholeNumber : null, isDeterministic: true);
        var greatest = file.Count("SELECT ifnull(max(whole_number(id)), 0) FROM changes");
        return lastGenerated >= greatest ? [] : [$"The counter of generated ids is {lastGenerated}, but id {greatest} is in use: it would be generated again."];
    }

    public IEnumerable<string> Films(long checkpoint, long number)
    {
        if (checkpoint > number)
        {
            yield return $"films is projected up to revision {checkpoint}, but the head is {number}.";
        }

        var films = $"SELECT sort_key, id, {Fields}, revision FROM films NOT INDEXED";
        var changes = $"""
            SELECT sort_key, id, {ChangedFields}, revision FROM (
                SELECT max(revision) AS revision, sort_key, id, {Fields} FROM changes NOT INDEXED WHERE revision <= {checkpoint} GROUP BY sort_key)
            WHERE name IS NOT NULL
            """;
        if (file.Count($"SELECT count(*) FROM ({changes} EXCEPT {films})") is > 0 and var missing)
        {
            yield return $"{missing} films are missing from films, or differ from their last change.";
        }

        if (file.Count($"SELECT count(*) FROM ({films} EXCEPT {changes})") is > 0 and var extra)
        {
            yield return $"{extra} films in films are not what their last change says.";
        }

        if (file.Count($"SELECT count(*) FROM changes NOT INDEXED WHERE revision <= {checkpoint} AND indexed = 0") is > 0 and var hidden)
        {
            yield return $"{hidden} changes are missing from the index of changes.";
        }

        if (file.Count("SELECT normalization_version FROM revision") == NormalizedName.Version)
        {
            file.Connection.CreateFunction("normalize", (string name) => NormalizedName.Of(name), isDeterministic: true);
            if (file.Count("SELECT count(*) FROM films NOT INDEXED WHERE normalized_name <> normalize(name)") is > 0 and var names)
            {
                yield return $"{names} films have a wrong normalized_name, so searches miss them.";
            }
        }
    }

    public IEnumerable<string> ReleaseCounts() =>
        file.Count("""
            SELECT count(*) FROM (
                SELECT released, films FROM release_counts EXCEPT SELECT released, count(*) FROM films NOT INDEXED GROUP BY released
                UNION ALL
                SELECT * FROM (SELECT released, count(*) FROM films NOT INDEXED GROUP BY released EXCEPT SELECT released, films FROM release_counts))
            """) is > 0 and var months
            ? [$"release_counts is wrong for {months} months."]
            : [];

    // SQLite has compared the index with itself; this compares it with the films.
    public IEnumerable<string> FullText(string table, string films)
    {
        file.Connection.Execute($"CREATE VIRTUAL TABLE IF NOT EXISTS temp.checked_{table} USING fts5vocab('main', '{table}', 'instance')");
        var (indexed, expected) = ($"SELECT DISTINCT doc FROM temp.checked_{table}", $"SELECT row FROM {films}");
        var differences = file.Count($"SELECT count(*) FROM ({expected} EXCEPT {indexed})") + file.Count($"SELECT count(*) FROM ({indexed} EXCEPT SELECT row FROM films)");
        return differences > 0 ? [$"{table} differs from films in {differences} films."] : [];
    }
}
