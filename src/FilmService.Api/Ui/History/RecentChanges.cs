using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Api.Ui.History;

/// <summary>Changes that were made at the same time: one, or many by an import.</summary>
/// <param name="Newest">The newest of them.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Entry">The change with the version before it; null if there are many.</param>
/// <param name="Before">The catalogue's revision before the first of them.</param>
public sealed record ChangeGroup(FilmChange Newest, long Count, HistoryEntry? Entry, Revision Before);

/// <summary>A part of the change feed, the newest change first.</summary>
/// <param name="Older">The revision before which there are older ones; null if there are none.</param>
/// <param name="IsNewest">True if it begins with the newest change.</param>
/// <param name="Now">The catalogue's revision when they were read.</param>
public sealed record ChangeGroups(IReadOnlyList<ChangeGroup> All, Revision? Older, bool IsNewest, Revision Now);

/// <summary>Reads the change feed backwards, with changes that were made at the same time as one.</summary>
public sealed class RecentChanges(IChangeFeed feed, HistoryReader history)
{
    private const int MaxGroups = 50;
    private const int MaxSingle = 5;
    private const int ReadAtOnce = 1_000;
    private const int MaxReads = 10;

    /// <summary>The changes before a revision; null for the newest.</summary>
    /// <param name="by">The caller who made them; null for anyone.</param>
    public async Task<ChangeGroups> ReadAsync(Revision? before, string? by, CancellationToken cancellationToken)
    {
        var now = (await feed.GetBoundsAsync(cancellationToken)).Now;
        HistoryReader.Check(before, now);
        var (changes, next) = await ReadBeforeAsync(Math.Min(before?.Number ?? long.MaxValue, now.Number + 1), by, cancellationToken);
        var groups = GroupsOf(changes).Take(MaxGroups + 1).ToList();
        var shown = new List<ChangeGroup>();
        foreach (var group in groups.Take(MaxGroups))
        {
            shown.Add(await ToGroupAsync(group, cancellationToken));
        }

        if (groups.Count > MaxGroups)
        {
            next = groups[MaxGroups - 1][^1].Revision.Number;
        }
        else if (next is not null && shown is [.., { Entry: null } last])
        {
            (shown[^1], next) = await CompleteAsync(last, cancellationToken);
        }

        return new ChangeGroups(shown, next is > 1 ? now with { Number = next.Value } : null, before is null, now);
    }

    private async Task<ChangeGroup> ToGroupAsync(FilmChange[] group, CancellationToken cancellationToken) => new(
        group[0],
        group.Length,
        group.Length > 1 ? null : await history.ReadBeforeAsync(group[0], cancellationToken),
        group[^1].Revision with { Number = group[^1].Revision.Number - 1 });

    // The revisions of an import are consecutive, so that its beginning is found by bisection.
    private async Task<(ChangeGroup Group, long? Next)> CompleteAsync(ChangeGroup group, CancellationToken cancellationToken)
    {
        var (low, high) = (1L, group.Before.Number + 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var change = (await feed.ReadAsync(middle - 1, 1, cancellationToken)).Items[0];
            (low, high) = change.At == group.Newest.At && change.By == group.Newest.By ? (low, middle) : (middle + 1, high);
        }

        return (group with { Count = group.Count + group.Before.Number + 1 - low, Before = group.Before with { Number = low - 1 } }, low);
    }

    // Changes of the same millisecond need not be an import: a few are listed one by one.
    private static IEnumerable<FilmChange[]> GroupsOf(List<FilmChange> changes) => changes
        .GroupBy(change => (change.By, change.At))
        .SelectMany(group => group.Count() > MaxSingle ? [[.. group]] : group.Select(change => new[] { change }));

    // Reads on until there are enough groups. Of one caller there may be few among many others.
    private async Task<(List<FilmChange> Changes, long? Next)> ReadBeforeAsync(long end, string? by, CancellationToken cancellationToken)
    {
        var (changes, next) = (new List<FilmChange>(), (long?)end);
        for (var read = 0; read < MaxReads && next is { } from && GroupsOf(changes).Count() <= MaxGroups; read++)
        {
            var found = await feed.SearchAsync(new ChangeSearch(from, IsBackwards: true, by, ReadAtOnce), cancellationToken);
            changes.AddRange(found.Items);
            next = found.Reached;
        }

        return (changes, next);
    }
}
