using FilmService.Domain.Health;
using FilmService.Domain.Search;
using FilmService.Infrastructure.Sqlite.Native;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>Commits a transaction that changes nothing, as a write would.</summary>
internal sealed class WriteCheck(SqliteRepository database) : IReadinessCheck
{
    public string Name => "writes";

    public Task RunAsync(CancellationToken cancellationToken) => database.RunAsync(
        connection =>
        {
            connection.Execute("UPDATE revision SET checkpoint = checkpoint");
            return true;
        },
        cancellationToken);
}

/// <summary>Lists one film. A film by id might come from the cache.</summary>
internal sealed class ListCheck(SqliteRepository database) : IReadinessCheck
{
    private static readonly FilmQuery OneFilm = FilmQuery.All with { Page = new FilmPage(1) };

    public string Name => "lists";

    public Task RunAsync(CancellationToken cancellationToken) => database.ListAsync(OneFilm, time: null, _ => Task.FromResult(true), cancellationToken);
}
