namespace FilmService.Api.Tests.Consistency;

/// <summary>The change that a revision made to a key; a null value is a removal. Revisions are numbered 1, 2, 3 ...</summary>
public sealed record Change(long Revision, string Key, string? Value)
{
    public override string ToString() => $"{Revision} {Key} {Value ?? "gone"}";
}

/// <summary>One response in a recorded history.</summary>
/// <param name="Request">The request.</param>
/// <param name="Begin">
/// When the request was sent, in ticks of one clock; <see cref="Unasked"/> for an event that was pushed.
/// </param>
/// <param name="End">When the response was complete.</param>
/// <param name="Revision">The revision that the response shows.</param>
/// <param name="Seen">The content of the response.</param>
/// <param name="Expected">The content that it must have at its revision.</param>
public sealed record Answer(string Request, long Begin, long End, long Revision, string Seen, Func<Replay, string> Expected)
{
    /// <summary>The begin of a pushed event: it may be older than what others have seen.</summary>
    public const long Unasked = long.MinValue;

    /// <summary>True for a write: its revision is its own, and nobody can have seen it before the write began.</summary>
    public bool IsChange { get; init; }
}

/// <summary>The state after applying the changes one by one.</summary>
public sealed class Replay(IReadOnlyList<Change> changes)
{
    private readonly Dictionary<string, Change> _last = [];

    public long Revision { get; private set; }

    /// <summary>The change that led to this revision.</summary>
    public Change Last => changes[(int)Revision - 1];

    /// <summary>The existing keys, in no particular order.</summary>
    public IEnumerable<Change> All => _last.Values.Where(change => change.Value is not null);

    /// <summary>The change that set a key's current value; null if the key does not exist.</summary>
    public Change? Find(string key) => FindLast(key) is { Value: not null } change ? change : null;

    /// <summary>The last change of a key, which may be its removal; null if there was none.</summary>
    public Change? FindLast(string key) => _last.GetValueOrDefault(key);

    /// <summary>The changes after one revision, up to this one.</summary>
    public IEnumerable<Change> Since(long after) => changes.Skip((int)after).Take((int)(Revision - after));

    public void AdvanceTo(long revision)
    {
        while (Revision < Math.Min(revision, changes.Count))
        {
            var change = changes[(int)Revision++];
            _last[change.Key] = change;
        }
    }
}
