namespace FilmService.Api.Commands;

/// <summary>
/// Maps lines of the upload to lines of the file. A file's films are nearly always evenly spaced, so a few runs describe
/// millions.
/// </summary>
internal sealed class LineMap
{
    private readonly List<Run> _runs = [];
    private long _sent;
    private long _last;

    /// <summary>True if a line of the file contains more than one film, as in a JSON array without line breaks.</summary>
    public bool HasSharedLines { get; private set; }

    /// <summary>Adds the next uploaded line, which comes from this line of the file.</summary>
    public void Add(long line)
    {
        _sent++;
        if (_runs is not [.., var run] || run.LineOf(_sent) != line)
        {
            Begin(line);
        }

        HasSharedLines |= line == _last;
        _last = line;
    }

    /// <summary>The line of the file that an uploaded line comes from.</summary>
    public long LineOf(long sent)
    {
        var index = _runs.BinarySearch(new Run(sent, 0, 0), Run.BySent);
        return _runs[index >= 0 ? index : ~index - 1].LineOf(sent);
    }

    // A run of one film gets its distance from the next film.
    private void Begin(long line)
    {
        if (_runs is [.., var run] && run.Sent == _sent - 1)
        {
            _runs[^1] = run with { Distance = line - run.Line };
        }
        else
        {
            _runs.Add(new Run(_sent, line, _sent == 1 ? 1 : line - _last));
        }
    }

    private readonly record struct Run(long Sent, long Line, long Distance)
    {
        public static readonly Comparer<Run> BySent = Comparer<Run>.Create((one, other) => one.Sent.CompareTo(other.Sent));

        public long LineOf(long sent) => Line + ((sent - Sent) * Distance);
    }
}
