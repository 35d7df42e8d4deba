using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Caching;

/// <summary>The head of a catalogue whose read model may lag behind its changes.</summary>
/// <param name="Catalog">The head.</param>
/// <param name="Checkpoint">The read model has all changes up to this one.</param>
internal sealed record ProjectedHead(CatalogHead Catalog, long Checkpoint)
{
    /// <inheritdoc cref="CatalogHead.Revision"/>
    public Revision Revision => Catalog.Revision;

    /// <summary>The ends of the feed of changes.</summary>
    public FeedBounds ToBounds() => new(Catalog.RemovedThrough, Revision);

    /// <summary>How many changes the read model does not have yet.</summary>
    public long Lag => Revision.Number - Checkpoint;
}
