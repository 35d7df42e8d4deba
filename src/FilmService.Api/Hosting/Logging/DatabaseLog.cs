using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using FilmService.Infrastructure;

namespace FilmService.Api.Hosting.Logging;

/// <summary>Logs which database is open, so that a program started elsewhere does not seem to have lost its films.</summary>
internal static partial class DatabaseLog
{
    /// <summary>Counts the films, which takes a moment in a large catalogue: call it once the service listens.</summary>
    public static async Task LogDatabaseAsync(this WebApplication app)
    {
        var database = app.Services.GetRequiredService<OpenedDatabase>();
        try
        {
            var query = FilmQuery.All with { Page = new FilmPage(1), Count = true };
            var (count, revision) = await app.Services.GetRequiredService<IFilmRepository>().ListAsync(
                query, time: null, films => Task.FromResult((films.Count, films.Revision)), CancellationToken.None);
            LogOpened(app.Logger, database.Path, database.IsNew ? "new" : "existing", count, revision);
        }
        catch (CatalogUnavailableException exception)
        {
            LogUnavailable(app.Logger, exception, database.Path);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Database {Path} ({State}): {Films} films, revision {Revision}")]
    private static partial void LogOpened(ILogger logger, string path, string state, long? films, Revision revision);

    [LoggerMessage(Level = LogLevel.Error, Message = "Database {Path} is not responding")]
    private static partial void LogUnavailable(ILogger logger, Exception exception, string path);
}
