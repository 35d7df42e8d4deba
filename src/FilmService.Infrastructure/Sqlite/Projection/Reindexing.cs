using System.Diagnostics;
using FilmService.Domain.Audit;
using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Infrastructure.Audit;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>Builds everything that is derived from <c>changes</c> again, in one transaction: all of it or nothing.</summary>
internal sealed partial class Reindexing(SqliteConnection connection, ILogger logger)
{
    // What each film's fields are called in both tables; a choice that is missing is NULL in one and 0 in the other.
    private static readonly string Fields = string.Join(", ", FilmFields.All.Remove(FilmFields.Name).Select(field => field.Argument));
    private static readonly string Values = string.Join(", ", FilmFields.All.Remove(FilmFields.Name).Select(
        field => field.Kind is FilmFieldKind.Choice ? $"ifnull({field.Argument}, 0)" : field.Argument));

    private readonly Progress _progress = new(logger, "Reindexing");

    /// <summary>Reindexes if the names were normalised by another version of the rules.</summary>
    public void RunIfOutdated()
    {
        using var version = connection.Prepare("SELECT normalization_version FROM revision");
        if (version.ExecuteScalar() is not long stored || stored == NormalizedName.Version)
        {
            return;
        }

        LogOutdated(stored, NormalizedName.Version);
        try
        {
            Run(DerivedTables.Drop);
        }
        catch (SqliteException exception) when (SqliteFailure.IsDamage(exception))
        {
            RunOnDamaged();
        }
    }

    /// <summary>Reindexes without reading the tables that it replaces.</summary>
    /// <param name="audit">Somebody's request to do it, recorded in the same transaction; null if there is none.</param>
    public void RunOnDamaged(AuditEvent? audit = null) => Run(DerivedTables.Detach, audit);

    /// <summary>Gives back the pages that damaged tables occupied. It needs as much free space as the database has bytes.</summary>
    public void Reclaim()
    {
        try
        {
            connection.Execute("VACUUM");
        }
        catch (SqliteException exception)
        {
            LogNotReclaimed(exception.Message);
        }
    }

    private void Run(Action<SqliteConnection> remove, AuditEvent? audit = null)
    {
        var begin = Stopwatch.GetTimestamp();
        using var large = new LargeTransaction(connection);
        var films = connection.InTransaction(() =>
        {
            var count = Rebuild(remove);
            connection.Record(audit is null ? null : audit with { Count = count });
            return count;
        });
        LogEnd(films, Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }

    private long Rebuild(Action<SqliteConnection> remove)
    {
        var (tables, indexes) = DerivedTables.Definitions(connection);
        remove(connection);
        tables.ForEach(connection.Execute);
        _progress.Begin(Count("SELECT number FROM revision"), "changes");
        var films = AddFilms();
        connection.Execute("UPDATE changes SET indexed = 1 WHERE indexed = 0");
        indexes.ForEach(connection.Execute);
        FullTextIndexes.Rebuild(connection, () => _progress.Add(films));
        connection.Execute($"""
            INSERT INTO release_counts (released, films) SELECT released, count(*) FROM films GROUP BY released;
            UPDATE revision SET checkpoint = number, normalization_version = {NormalizedName.Version};
            """);
        return films;
    }

    // In a query with max(), the other columns are those of its row.
    private long AddFilms()
    {
        connection.CreateFunction("normalize", (string name) => Normalize(name), isDeterministic: true);
        connection.CreateFunction("search_extra_of", (string name, string normalized) => SearchExtra.Of(SearchableName.Of(name, normalized)), isDeterministic: true);
        connection.Execute($"""
            WITH
                last AS MATERIALIZED (SELECT max(revision) AS revision, sort_key, id, name, {Fields} FROM changes NOT INDEXED GROUP BY sort_key),
                normalized AS MATERIALIZED (SELECT *, normalize(name) AS normalized_name FROM last WHERE name IS NOT NULL)
            INSERT INTO films (sort_key, id, name, normalized_name, search_extra, {Fields}, revision)
            SELECT sort_key, id, name, normalized_name, search_extra_of(name, normalized_name), {Values}, revision FROM normalized ORDER BY sort_key
            """);
        return Count("SELECT count(*) FROM films");
    }

    private string Normalize(string name)
    {
        _progress.Add(0);
        return NormalizedName.Of(name);
    }

    private long Count(string sql)
    {
        using var command = connection.Prepare(sql);
        return command.ExecuteScalar() as long? ?? 0;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The rules for comparing names have changed (version {Stored} to {Version}): reindexing all films")]
    private partial void LogOutdated(long stored, int version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reindexed {Films} films in {Seconds:0.0} s")]
    private partial void LogEnd(long films, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pages of the damaged tables stay unused: {Reason}. The command reindex tries again.")]
    private partial void LogNotReclaimed(string reason);
}
