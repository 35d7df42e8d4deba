using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>Loads a batch's data with one look-up per film and key: within one process they cost next to nothing.</summary>
internal static class BatchLoader
{
    public static LoadedCatalog Load(BatchNeeds needs, CatalogHead head, Func<FilmId, Film?> find, Func<CallerKey, IdempotencyRecord?> findRecord) => new(
        head,
        needs.Films.ToDictionary(id => id, find),
        needs.Keys.Select(findRecord).OfType<IdempotencyRecord>().ToDictionary(record => record.Owner));
}
