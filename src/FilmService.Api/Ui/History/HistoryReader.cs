using FilmService.Api.Films;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Api.Ui.History;

/// <summary>Reads changes, each with the version before it.</summary>
public sealed class HistoryReader(IChangeFeed feed)
{
    private const int PageLength = 20;

    /// <summary>A film's changes before a revision.</summary>
    public async Task<FilmHistory> ReadAsync(FilmId id, Revision? before, CancellationToken cancellationToken)
    {
        var page = await feed.ReadHistoryAsync(id, before?.Number ?? long.MaxValue, PageLength + 1, cancellationToken);
        Check(before, page.Now);
        var entries = page.Items.Take(PageLength).Select((change, index) => new HistoryEntry(
            change,
            index + 1 < page.Items.Count ? page.Items[index + 1].Details : null,
            index + 1 < page.Items.Count || change.Revision.Number > page.Bounds.RemovedThrough)).ToList();
        return new FilmHistory(entries, page.Items.Count > PageLength ? entries[^1].Change.Revision : null, page.Now);
    }

    /// <summary>Checks that a revision is the catalogue's own.</summary>
    /// <exception cref="ProblemException">410: it belongs to another catalogue.</exception>
    public static void Check(Revision? revision, Revision now)
    {
        if (revision is { } known && known.Epoch != now.Epoch)
        {
            throw new ProblemException(FilmResults.RevisionNotKept(known, now));
        }
    }

    /// <summary>A change with the version before it.</summary>
    public async Task<HistoryEntry> ReadBeforeAsync(FilmChange change, CancellationToken cancellationToken)
    {
        var page = await feed.ReadHistoryAsync(change.Id, change.Revision.Number, 1, cancellationToken);
        return new HistoryEntry(change, page.Items.Count > 0 ? page.Items[0].Details : null, page.Items.Count > 0 || change.Revision.Number > page.Bounds.RemovedThrough);
    }
}
