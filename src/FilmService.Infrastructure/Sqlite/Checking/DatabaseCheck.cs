using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Checking;

/// <summary>
/// Checks a database file, without changing it: its pages, its constraints, and whether everything that is derived from the changes agrees
/// with them. The service that uses it should be stopped.
/// </summary>
internal sealed class DatabaseCheck
{
    private const string OtherDatabase = "It is not a database of FilmService.";

    private readonly CheckedFile _file;
    private readonly FoundProblems _problems = new();

    private DatabaseCheck(CheckedFile file) => _file = file;

    /// <summary>Checks the file.</summary>
    /// <exception cref="InvalidConfigurationException">There is no such file, or it may not be read.</exception>
    public static DatabaseReport Run(string path)
    {
        // A pipe has no length either, and opening it would wait for another program.
        if (new FileInfo(path) is { Exists: true, Length: 0 })
        {
            return new DatabaseReport(null, null, [OtherDatabase], IsRebuildable: false);
        }

        try
        {
            using var file = CheckedFile.Open(path);
            return new DatabaseCheck(file).Run();
        }
        catch (SqliteException exception)
        {
            var problem = exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB ? $"'{path}' is not a SQLite database." : $"'{path}' cannot be read: {exception.Message}";
            return new DatabaseReport(null, null, [problem], IsRebuildable: false);
        }
    }

    private DatabaseReport Run()
    {
        var tables = new TableChecks(_file);
        new PageCheck(_file, _problems).Run();
        FoundProblems.Check(_problems.Other, "foreign keys", tables.ForeignKeys);
        if (!IsOfThisVersion())
        {
            return Report(null, null);
        }

        var head = HeadTable.Exists(_file.Connection) ? HeadTable.Read(_file.Connection) : null;
        if (head is null)
        {
            _problems.Other.Add("The table revision is empty: the database has no head.");
            return Report(null, null);
        }

        FoundProblems.Check(_problems.Other, "changes", () => tables.Changes(head.Revision.Number));
        FoundProblems.Check(_problems.Other, "generated ids", () => tables.GeneratedIds(head.Catalog.LastGeneratedId));
        FoundProblems.Check(_problems.Derived, "films", () => tables.Films(head.Checkpoint, head.Revision.Number));
        FoundProblems.Check(_problems.Derived, "release_counts", tables.ReleaseCounts);
        FoundProblems.Check(_problems.Derived, "film_words", () => tables.FullText("film_words", "films"));
        FoundProblems.Check(_problems.Derived, "film_trigrams", () => tables.FullText("film_trigrams", "films WHERE length(normalized_name) >= 3"));
        return Report(head.Revision.ToString(), CountFilms());
    }

    private DatabaseReport Report(string? revision, long? films) =>
        new(revision, films, [.. _problems.Other, .. _problems.Derived], _problems.Other.Count == 0);

    // An older file is migrated, and then checked, by starting the service.
    private bool IsOfThisVersion()
    {
        var applied = SqliteMigrator.AppliedMigrations(_file.Connection);
        var known = SqliteMigrator.KnownMigrations();
        if (applied.Except(known).FirstOrDefault() is { } newer)
        {
            _problems.Other.Add($"It was migrated by a newer version of FilmService (it has the migration '{newer}'): check it with that version.");
        }
        else if (applied.Count == 0)
        {
            _problems.Other.Add(OtherDatabase);
        }

        return _problems.Other.Count == 0 && applied.Count == known.Count;
    }

    private long? CountFilms()
    {
        try
        {
            return _file.Count("SELECT count(*) FROM films");
        }
        catch (SqliteException)
        {
            // The reason is among the problems.
            return null;
        }
    }
}
