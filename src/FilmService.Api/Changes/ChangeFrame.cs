using FilmService.Api.Http.Results;
using FilmService.Domain.Changes;

namespace FilmService.Api.Changes;

/// <summary>A batch of serialised changes, with the offset at which each begins.</summary>
internal sealed record ChangeFrame(ReadOnlyMemory<byte> Bytes, IReadOnlyList<FilmChange> Changes, IReadOnlyList<int> Starts)
{
    public long Last => Changes[^1].Revision.Number;

    public static ChangeFrame Of(IReadOnlyList<FilmChange> changes)
    {
        var text = new Utf8Buffer();
        var starts = new List<int>(changes.Count);
        foreach (var change in changes)
        {
            starts.Add(text.Length);
            ChangeLine.AddEvent(text, change);
        }

        return new ChangeFrame(text.Bytes, changes, starts);
    }

    /// <summary>The part that a stream at this position has not received yet.</summary>
    public ReadOnlyMemory<byte> Behind(long position)
    {
        var index = 0;
        while (index < Changes.Count && Changes[index].Revision.Number <= position)
        {
            index++;
        }

        return index == Changes.Count ? default : Bytes[Starts[index]..];
    }
}
