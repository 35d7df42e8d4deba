using System.Diagnostics;
using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>Normalises the names again, at start-up, if they were normalised by another version of the rules.</summary>
internal sealed partial class Reindexing(SqliteConnection connection, ILogger logger)
{
    // A second or two.
    private const int FilmsPerMessage = 250_000;

    private long _films;

    /// <summary>It is all done or not at all: after a crash, the next start begins again.</summary>
    public void Run()
    {
        using var version = connection.Prepare("SELECT normalization_version FROM revision");
        if (version.ExecuteScalar() is not long stored || stored == NormalizedName.Version)
        {
            return;
        }

        LogBegin(stored, NormalizedName.Version);
        var begin = Stopwatch.GetTimestamp();
        connection.InTransaction(() =>
        {
            NormalizeNames();
            FullTextIndexes.Rebuild(connection);
            connection.Execute($"UPDATE revision SET normalization_version = {NormalizedName.Version}");
            return NormalizedName.Version;
        });
        LogEnd(_films, Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }

    // Most names stay as they are, and so do their rows in the indexes.
    private void NormalizeNames()
    {
        connection.CreateFunction("normalize", (string name) => Normalize(name), isDeterministic: true);
        connection.CreateFunction("search_extra_of", (string name, string normalized) => SearchExtra.Of(SearchableName.Of(name, normalized)), isDeterministic: true);
        connection.Execute("""
            WITH
                normalized AS MATERIALIZED (SELECT row, name, normalize(name) AS normalized_name FROM films),
                new AS MATERIALIZED (SELECT row, normalized_name, search_extra_of(name, normalized_name) AS search_extra FROM normalized)
            UPDATE films SET normalized_name = new.normalized_name, search_extra = new.search_extra FROM new
            WHERE films.row = new.row AND (films.normalized_name <> new.normalized_name OR films.search_extra IS NOT new.search_extra)
            """);
    }

    private string Normalize(string name)
    {
        if (++_films % FilmsPerMessage == 0)
        {
            LogProgress(_films);
        }

        return NormalizedName.Of(name);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The rules for comparing names have changed (version {Stored} to {Version}): normalising all names again")]
    private partial void LogBegin(long stored, int version);

    [LoggerMessage(Level = LogLevel.Information, Message = "Normalised {Films} names")]
    private partial void LogProgress(long films);

    [LoggerMessage(Level = LogLevel.Information, Message = "Normalised all {Films} names and rebuilt the search indexes in {Seconds:0.0} s")]
    private partial void LogEnd(long films, double seconds);
}
