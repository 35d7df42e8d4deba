namespace FilmService.Api.Tests.Consistency;

/// <summary>What a revision made of a key; a null value is its removal. Revisions count 1, 2, 3 ...</summary>
public sealed record Change(long Revision, string Key, string? Value)
{
    public override string ToString() => $"{Revision} {Key} {Value ?? "gone"}";
}

/// <summary>One answer of a recorded history.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Begin">When the request was sent, in ticks of one clock; <see cref="Unasked"/> for what came by itself.</param>
/// <param name="End">When the answer was complete.</param>
/// <param name="Revision">The revision that the answer shows.</param>
/// <param name="Seen">What the answer says.</param>
/// <param name="Expected">What it must say at its revision.</param>
public sealed record Answer(string Request, long Begin, long End, long Revision, string Seen, Func<Replay, string> Expected)
{
    /// <summary>The begin of an event of a stream: it may be older than what others have seen.</summary>
    public const long Unasked = long.MinValue;

    /// <summary>True for a write: no one else has its revision, and no one can have seen it before the write began.</summary>
    public bool IsChange { get; init; }
}

/// <summary>The state that the changes lead to, one after the other.</summary>
public sealed class Replay(IReadOnlyList<Change> changes)
{
    private readonly Dictionary<string, Change> _last = [];

    public long Revision { get; private set; }

    /// <summary>The change that led to this revision.</summary>
    public Change Last => changes[(int)Revision - 1];

    /// <summary>What is there, in no order.</summary>
    public IEnumerable<Change> All => _last.Values.Where(change => change.Value is not null);

    /// <summary>The change that gave a key its value; null when the key is not there.</summary>
    public Change? Find(string key) => FindLast(key) is { Value: not null } change ? change : null;

    /// <summary>The last change of a key, which may be its removal; null when there was none.</summary>
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
