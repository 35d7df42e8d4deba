using System.Globalization;
using System.Text.RegularExpressions;
using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite.Native;
using FilmService.Infrastructure.Sqlite.Projection;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Checks a database file, without changing it: its pages, its constraints, and whether everything that is derived from the changes agrees
/// with them. The service that uses it should be stopped.
/// </summary>
internal sealed partial class DatabaseCheck
{
    private const int MaxPageFaults = 100;
    private const int NoCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE

    private static readonly string Fields = string.Join(", ", FilmFields.All.Select(field => field.Argument));
    private static readonly string ChangedFields = string.Join(", ", FilmFields.All.Select(
        field => field.Kind is FilmFieldKind.Choice ? $"ifnull({field.Argument}, 0)" : field.Argument));

    private readonly SqliteConnection _connection;
    private readonly List<string> _derived = [];
    private readonly List<string> _other = [];

    private DatabaseCheck(SqliteConnection connection) => _connection = connection;

    /// <summary>Checks the file.</summary>
    /// <exception cref="InvalidConfigurationException">There is no such file, or it may not be read.</exception>
    public static DatabaseReport Run(string path)
    {
        try
        {
            using var connection = Open(path);
            return new DatabaseCheck(connection).Run();
        }
        catch (SqliteException exception)
        {
            var problem = exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB ? $"'{path}' is not a SQLite database." : $"'{path}' cannot be read: {exception.Message}";
            return new DatabaseReport(null, null, [problem], IsRebuildable: false);
        }
    }

    private DatabaseReport Run()
    {
        _connection.Execute("BEGIN");
        CheckPages();
        Check("foreign keys", _other, ForeignKeys);
        if (!IsOfThisVersion())
        {
            return Report(null, null);
        }

        var head = HeadTable.Exists(_connection) ? HeadTable.Read(_connection) : null;
        if (head is null)
        {
            _other.Add("The table revision is empty: the database has no head.");
            return Report(null, null);
        }

        Check("changes", _other, () => Changes(head.Revision.Number));
        Check("generated ids", _other, () => GeneratedIds(head.Catalog.LastGeneratedId));
        Check("films", _derived, () => Films(head.Checkpoint, head.Revision.Number));
        Check("release_counts", _derived, ReleaseCounts);
        Check("film_words", _derived, () => FullText("film_words", "films"));
        Check("film_trigrams", _derived, () => FullText("film_trigrams", "films WHERE length(normalized_name) >= 3"));
        return Report(head.Revision.ToString(), TryCount("SELECT count(*) FROM films"));
    }

    // The check of one table does not depend on another's.
    private static void Check(string what, List<string> problems, Func<IEnumerable<string>> check)
    {
        try
        {
            problems.AddRange(check());
        }
        catch (SqliteException exception)
        {
            problems.Add($"{what} cannot be read: {exception.Message}");
        }
    }

    private DatabaseReport Report(string? revision, long? films) => new(revision, films, [.. _other, .. _derived], _other.Count == 0);

    // SQLite ends the check of the whole file at some kinds of damage, so the tables are then checked one by one.
    private void CheckPages()
    {
        try
        {
            AddPageFaults($"{MaxPageFaults}");
        }
        catch (SqliteException)
        {
            _derived.Clear();
            _other.Clear();
            Rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%USING fts5vocab%' ORDER BY rowid", row => row.GetString(0)).ForEach(CheckPagesOf);
        }
    }

    private void CheckPagesOf(string table)
    {
        try
        {
            AddPageFaults($"'{table}'");
        }
        catch (SqliteException exception)
        {
            // The only table of the others that has an index to be rebuilt.
            var isDerived = Count($"SELECT count(*) FROM sqlite_schema WHERE name = '{table}' AND {DerivedTables.Condition}") > 0 || (table == "changes" && IsReadable(table));
            (isDerived ? _derived : _other).Add($"{table} or one of its indexes is damaged: {exception.Message}");
        }
    }

    private bool IsReadable(string table)
    {
        try
        {
            return Count($"SELECT count(*) FROM {table} NOT INDEXED WHERE id <> '' AND by <> ''") >= 0;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private void AddPageFaults(string argument)
    {
        foreach (var fault in Rows($"PRAGMA integrity_check({argument})", row => row.GetString(0)).Where(fault => fault != "ok").SelectMany(fault => fault.Split('\n')))
        {
            AddPageFault(fault);
        }
    }

    // After a rebuild, the pages of the damaged tables are unused, which harms nobody.
    private void AddPageFault(string fault)
    {
        if (fault.StartsWith("***", StringComparison.Ordinal) || UnusedPage.IsMatch(fault))
        {
            return;
        }

        var (name, isDerived) = OwnerOf(fault);
        (isDerived ? _derived : _other).Add(name is null ? $"The file is damaged: {fault}" : $"{name} is damaged: {fault}");
    }

    // A fault names a tree by its first page, an index by its name, or a full-text table.
    private (string? Name, bool IsDerived) OwnerOf(string fault)
    {
        var root = Tree.Match(fault) is { Success: true } tree ? long.Parse(tree.Groups[1].Value, CultureInfo.InvariantCulture) : -1;
        var owners = Rows(
            $"SELECT name, {DerivedTables.Condition}, rootpage FROM sqlite_schema ORDER BY length(name) DESC",
            row => (Name: row.GetString(0), IsDerived: row.GetInt64(1) != 0, Root: row.IsDBNull(2) ? 0 : row.GetInt64(2))).ToList();
        var owner = root > 0 ? owners.Find(owner => owner.Root == root) : owners.Find(owner => fault.Contains(owner.Name, StringComparison.Ordinal));
        return (owner.Name, owner.IsDerived);
    }

    private IEnumerable<string> ForeignKeys() =>
        Rows("PRAGMA foreign_key_check", row => $"A row of {row.GetString(0)} refers to a row of {row.GetString(2)} that does not exist.");

    // An older file is migrated, and then checked, by starting the service.
    private bool IsOfThisVersion()
    {
        var applied = SqliteMigrator.AppliedMigrations(_connection);
        var known = SqliteMigrator.KnownMigrations();
        if (applied.Except(known).FirstOrDefault() is { } newer)
        {
            _other.Add($"It was migrated by a newer version of FilmService (it has the migration '{newer}'): check it with that version.");
        }
        else if (applied.Count == 0)
        {
            _other.Add("It is not a database of FilmService.");
        }

        return _other.Count == 0 && applied.Count == known.Count;
    }

    private IEnumerable<string> Changes(long number)
    {
        var last = Count("SELECT ifnull(max(revision), 0) FROM changes NOT INDEXED");
        if (last != number)
        {
            yield return $"The head is revision {number}, but the last change is {last}.";
        }

        if (Count("SELECT count(*) FROM changes NOT INDEXED WHERE length(sort_key) < 2 OR id = '' OR typeof(at) <> 'integer'") is > 0 and var broken)
        {
            yield return $"{broken} changes have no valid id or time.";
        }
    }

    private IEnumerable<string> GeneratedIds(long lastGenerated)
    {
        _connection.CreateFunction("whole_number", (string id) => FilmId.TryParse(id, out var film) ? film.WholeNumber : null, isDeterministic: true);
        var greatest = Count("SELECT ifnull(max(whole_number(id)), 0) FROM changes");
        return lastGenerated >= greatest ? [] : [$"The counter of generated ids is {lastGenerated}, but id {greatest} is in use: it would be generated again."];
    }

    private IEnumerable<string> Films(long checkpoint, long number)
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
        if (Count($"SELECT count(*) FROM ({changes} EXCEPT {films})") is > 0 and var missing)
        {
            yield return $"{missing} films are missing from films, or differ from their last change.";
        }

        if (Count($"SELECT count(*) FROM ({films} EXCEPT {changes})") is > 0 and var extra)
        {
            yield return $"{extra} films in films are not what their last change says.";
        }

        if (Count($"SELECT count(*) FROM changes NOT INDEXED WHERE revision <= {checkpoint} AND indexed = 0") is > 0 and var hidden)
        {
            yield return $"{hidden} changes are missing from the index of changes.";
        }

        if (Count("SELECT normalization_version FROM revision") == NormalizedName.Version)
        {
            _connection.CreateFunction("normalize", (string name) => NormalizedName.Of(name), isDeterministic: true);
            if (Count("SELECT count(*) FROM films NOT INDEXED WHERE normalized_name <> normalize(name)") is > 0 and var names)
            {
                yield return $"{names} films have a wrong normalized_name, so searches miss them.";
            }
        }
    }

    private IEnumerable<string> ReleaseCounts() =>
        Count("""
            SELECT count(*) FROM (
                SELECT released, films FROM release_counts EXCEPT SELECT released, count(*) FROM films NOT INDEXED GROUP BY released
                UNION ALL
                SELECT * FROM (SELECT released, count(*) FROM films NOT INDEXED GROUP BY released EXCEPT SELECT released, films FROM release_counts))
            """) is > 0 and var months
            ? [$"release_counts is wrong for {months} months."]
            : [];

    // SQLite has compared the index with itself; this compares it with the films.
    private IEnumerable<string> FullText(string table, string films)
    {
        _connection.Execute($"CREATE VIRTUAL TABLE IF NOT EXISTS temp.checked_{table} USING fts5vocab('main', '{table}', 'instance')");
        var (indexed, expected) = ($"SELECT DISTINCT doc FROM temp.checked_{table}", $"SELECT row FROM {films}");
        var differences = Count($"SELECT count(*) FROM ({expected} EXCEPT {indexed})") + Count($"SELECT count(*) FROM ({indexed} EXCEPT SELECT row FROM films)");
        return differences > 0 ? [$"{table} differs from films in {differences} films."] : [];
    }

    private long Count(string sql) => Rows(sql, row => row.GetInt64(0)).Single();

    private long? TryCount(string sql)
    {
        try
        {
            return Count(sql);
        }
        catch (SqliteException)
        {
            // The reason is among the problems.
            return null;
        }
    }

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = _connection.Prepare(sql);
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
        {
            rows.Add(read(row));
        }

        return rows;
    }

    // A file without a log is read as it is: that works in a read-only folder, and makes no files beside it.
    private static SqliteConnection Open(string path)
    {
        var full = Path.GetFullPath(path);
        EnsureReadable(full);
        var hasLog = new FileInfo(full + "-wal") is { Exists: true, Length: > 0 };
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = hasLog ? full : $"file:{Uri.EscapeDataString(full).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1",
            Mode = hasLog ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();

            // Otherwise closing it would move the log into the file.
            SQLitePCL.raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, 1, out _);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite gives no reason.
    private static void EnsureReadable(string path)
    {
        try
        {
            File.OpenRead(path).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var reason = Directory.Exists(path) ? "it is a folder." : exception is UnauthorizedAccessException ? "this user may not read it." : DiskFailure.Describe(exception);
            throw new InvalidConfigurationException($"'{path}' cannot be read: {reason}");
        }
    }

    [GeneratedRegex(@"^Page \d+(?: is|:) never used$")]
    private static partial Regex UnusedPage { get; }

    [GeneratedRegex(@"^Tree (\d+) ")]
    private static partial Regex Tree { get; }
}
