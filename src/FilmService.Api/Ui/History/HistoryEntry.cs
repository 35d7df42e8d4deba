using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Api.Ui.History;

/// <summary>A change of a film beside the version before it.</summary>
/// <param name="Before">The film before the change; null if it did not exist, or is not known.</param>
/// <param name="IsBeginning">False if earlier changes are no longer kept, so that it is not known what it was before.</param>
public sealed record HistoryEntry(FilmChange Change, FilmDetails? Before, bool IsBeginning = true);

/// <summary>A film's changes, the newest first.</summary>
/// <param name="Older">The revision before which there are older ones; null if there are none.</param>
/// <param name="Now">The catalogue's revision when they were read.</param>
public sealed record FilmHistory(IReadOnlyList<HistoryEntry> Entries, Revision? Older, Revision Now);
