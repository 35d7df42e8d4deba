using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace FilmService.Api.Commands.Reading;

/// <summary>Reads one JSON object a line. Empty lines are no films.</summary>
internal static class NdjsonRecords
{
    public static async IAsyncEnumerable<InputRecord> ReadAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0L;
        await foreach (var line in LinesAsync(input, cancellationToken))
        {
            number++;
            if (line is null)
            {
                yield return InputRecord.Unreadable(number, $"The line is longer than {JsonRecord.MaxBytes:N0} bytes.");
            }
            else if (!line.Value.Span.Trim(" \t\r"u8).IsEmpty)
            {
                yield return JsonRecord.Parse(number, line.Value);
            }
        }
    }

    // Null stands for a line that is too long: it is passed over without being kept.
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>?> LinesAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        var isTooLong = false;
        for (var read = await pipe.ReadAsync(cancellationToken); ; read = await pipe.ReadAsync(cancellationToken))
        {
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                yield return isTooLong ? null : Whole(line);
                (isTooLong, rest) = (false, rest.Slice(rest.GetPosition(1, end)));
            }

            if (read.IsCompleted)
            {
                if (isTooLong || rest.Length > 0)
                {
                    yield return isTooLong ? null : Whole(rest);
                }

                yield break;
            }

            isTooLong |= rest.Length > JsonRecord.MaxBytes;
            pipe.AdvanceTo(isTooLong ? rest.End : rest.Start, rest.End);
        }
    }

    private static ReadOnlyMemory<byte>? Whole(ReadOnlySequence<byte> line) =>
        line.Length > JsonRecord.MaxBytes ? default(ReadOnlyMemory<byte>?) : line.IsSingleSegment ? line.First : line.ToArray();
}
