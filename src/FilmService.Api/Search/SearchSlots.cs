using FilmService.Api.RateLimiting;
using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Api.Search;

/// <summary>Limits the queries and exports in progress; those that read few films need no slot.</summary>
public sealed class SearchSlots(FilmCatalog catalog, SearchSettings settings, TimeProvider clock) : IDisposable
{
    internal QueuedSlots Queries { get; } = new(settings.Queries, SearchProblems.TooManyQueries, "queries", clock);

    internal QueuedSlots Exports { get; } = new(settings.Exports, SearchProblems.TooManyExports, "exports", clock);

    /// <summary>Acquires what the query needs; dispose the result to release it.</summary>
    internal async ValueTask<SearchSlot> AcquireAsync(HttpContext context, FilmQuery query)
    {
        if (await catalog.IsQuickAsync(query, context.RequestAborted))
        {
            return new SearchSlot(null, null);
        }

        return query.Page is null || query.AsOf is not null
            ? new SearchSlot(await Exports.AcquireAsync(context), settings.ExportTime)
            : new SearchSlot(await Queries.AcquireAsync(context), settings.QueryTime);
    }

    public void Dispose()
    {
        Queries.Dispose();
        Exports.Dispose();
    }
}

/// <param name="Held">The slot, or why there is none; null if the query needs none.</param>
/// <param name="Time">How long the database may work on the query; null without a limit.</param>
internal sealed record SearchSlot(QueuedSlot? Held, TimeSpan? Time) : IDisposable
{
    public void Dispose() => Held?.Dispose();
}
