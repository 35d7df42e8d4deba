using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FilmService.Api.Import.Mapping;

namespace FilmService.Api.Commands;

/// <summary>The body of an import: the films of a file as NDJSON, mapped while they are sent.</summary>
internal sealed class FilmUpload : HttpContent
{
    private const int MaxTold = 100; // as many faults as the service lists
    private const int MaxReported = 1_000_000;
    private const int BufferBytes = 64 * 1024;

    private readonly IAsyncEnumerable<InputRecord> _films;
    private readonly FilmMapper _mapper;
    private readonly Action _sent;
    private readonly int _maxRemembered;
    private readonly Dictionary<long, string> _faults = [];
    private readonly LineMap _lines = new();
    private long? _completed;

    /// <param name="hasReport">True if the result of each line is reported.</param>
    /// <param name="sent">Called whenever more has been sent.</param>
    public FilmUpload(IAsyncEnumerable<InputRecord> films, FilmMapper mapper, bool hasReport, Action sent)
    {
        (_films, _mapper, _sent, _maxRemembered) = (films, mapper, sent, hasReport ? MaxReported : MaxTold);
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
    }

    public long Count { get; private set; }

    /// <summary>True if the complete body has been sent.</summary>
    public bool IsComplete => SinceComplete is not null;

    /// <summary>For how long the service has had the complete body; null before.</summary>
    public TimeSpan? SinceComplete => _completed is { } completed ? TimeProvider.System.GetElapsedTime(completed) : null;

    /// <summary>The line of the file that was sent as this line.</summary>
    public long LineOf(long sent) => _lines.LineOf(sent);

    /// <summary>The place in the file of the film that was sent as this line.</summary>
    public string PlaceOf(long sent) => string.Create(
        CultureInfo.InvariantCulture, $"line {_lines.LineOf(sent)}{(_lines.HasSharedLines ? $", film {sent}" : "")}");

    /// <summary>
    /// Why the film that was sent as this line could not be mapped; null if it could, empty if the fault of a line before covers it.
    /// </summary>
    public string? FaultOf(long sent) => _faults.GetValueOrDefault(sent);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * BufferBytes);
        using var writer = new Utf8JsonWriter(buffer);
        await foreach (var film in _films.WithCancellation(cancellationToken))
        {
            WriteLine(film, writer, buffer);
            if (buffer.WrittenCount > BufferBytes)
            {
                await SendAsync(stream, buffer, cancellationToken);
            }
        }

        await SendAsync(stream, buffer, cancellationToken);
        _completed = TimeProvider.System.GetTimestamp();
        _sent();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private void WriteLine(InputRecord film, Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        var fault = _mapper.Map(film);
        if (_mapper.IsLeftOut)
        {
            return;
        }

        fault ??= FilmLine.FaultOf(_mapper.Film);
        if (fault is null)
        {
            AddLine(film.Line);
            FilmLine.Write(_mapper.Film, writer);
            EndLine(writer, buffer);
        }
        else
        {
            WriteFault(film, fault, writer, buffer);
        }
    }

    // The service rejects it, counts the errors of all lines together, and stores nothing if that was requested. Each line that a
    // fault covers is sent as one, so that it is counted.
    private void WriteFault(InputRecord film, string fault, Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        for (var line = film.Line; line < film.Line + film.Lines; line++)
        {
            AddLine(line);
            if (_faults.Count < _maxRemembered)
            {
                _faults.Add(Count, line == film.Line ? fault : "");
            }

            writer.WriteNullValue();
            EndLine(writer, buffer);
        }
    }

    private void AddLine(long line)
    {
        Count++;
        _lines.Add(line);
    }

    private static void EndLine(Utf8JsonWriter writer, ArrayBufferWriter<byte> buffer)
    {
        writer.Flush();
        writer.Reset();
        buffer.Write("\n"u8);
    }

    private async Task SendAsync(Stream stream, ArrayBufferWriter<byte> buffer, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(buffer.WrittenMemory, cancellationToken);
        buffer.ResetWrittenCount();
        _sent();
    }
}
