using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Api.Ui.History;

/// <summary>Changes that were made at the same time: one, or many by an import.</summary>
/// <param name="Newest">The newest of them.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Entry">The change with the version before it; null if there are many.</param>
public sealed record ChangeGroup(FilmChange Newest, int Count, HistoryEntry? Entry);

/// <summary>A part of the change feed, the newest change first.</summary>
/// <param name="Older">The revision before which there are older ones; null if there are none.</param>
/// <param name="IsNewest">True if it begins with the newest change.</param>
/// <param name="IsCut">True if the last group is larger than its count.</param>
/// <param name="Now">The catalogue's revision when they were read.</param>
public sealed record ChangeGroups(IReadOnlyList<ChangeGroup> All, Revision? Older, bool IsNewest, bool IsCut, Revision Now);

/// <summary>Reads the change feed backwards, with changes that were made at the same time as one.</summary>
public sealed class RecentChanges(IChangeFeed feed, HistoryReader history)
{
    private const int MaxGroups = 50;
    private const int MaxSingle = 5;
    private const int ReadAtOnce = 1_000;
    private const int MaxReads = 10;

    /// <summary>The changes before a revision; null for the newest.</summary>
    public async Task<ChangeGroups> ReadAsync(Revision? before, CancellationToken cancellationToken)
    {
        var now = (await feed.GetBoundsAsync(cancellationToken)).Now;
        HistoryReader.Check(before, now);
        var (changes, begin) = await ReadBeforeAsync(Math.Min(before?.Number ?? long.MaxValue, now.Number + 1), cancellationToken);
        var groups = GroupsOf(changes).Take(MaxGroups + 1).ToList();
        var isMore = groups.Count > MaxGroups;
        var shown = new List<ChangeGroup>();
        foreach (var group in groups.Take(MaxGroups))
        {
            shown.Add(new ChangeGroup(group[0], group.Length, group.Length > 1 ? null : await history.ReadBeforeAsync(group[0], cancellationToken)));
        }

        var older = isMore ? groups[MaxGroups - 1][^1].Revision : begin > 1 ? now with { Number = begin } : default(Revision?);
        return new ChangeGroups(shown, older, before is null, IsCut: !isMore && begin > 1 && shown.Count > 0 && shown[^1].Count > 1, now);
    }

    // Changes of the same millisecond need not be an import: a few are listed one by one.
    private static IEnumerable<FilmChange[]> GroupsOf(List<FilmChange> changes) => changes
        .GroupBy(change => (change.By, change.At))
        .SelectMany(group => group.Count() > MaxSingle ? [[.. group]] : group.Select(change => new[] { change }));

    // Reads on until there are enough groups, so that an import is not torn apart unless it is very large. Numbers have gaps where
    // superseded changes are no longer kept.
    private async Task<(List<FilmChange> Changes, long Begin)> ReadBeforeAsync(long end, CancellationToken cancellationToken)
    {
        var changes = new List<FilmChange>();
        for (var read = 0; read < MaxReads && end > 1 && GroupsOf(changes).Count() <= MaxGroups; read++)
        {
            var begin = Math.Max(1, end - ReadAtOnce);
            var page = await feed.ReadAsync(begin - 1, ReadAtOnce, cancellationToken);
            changes.AddRange(page.Items.Where(change => change.Revision.Number < end).Reverse());
            end = begin;
        }

        return (changes, end);
    }
}
