using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FilmService.Api.Commands.Mapping;
using FilmService.Api.Commands.Reading;

namespace FilmService.Api.Commands;

/// <summary>The body of an import: the films of a file as NDJSON, mapped while they are sent.</summary>
internal sealed class FilmUpload : HttpContent
{
    private const int MaxRemembered = 100; // as many faults as the service tells
    private const int BufferBytes = 64 * 1024;

    private readonly IAsyncEnumerable<InputRecord> _films;
    private readonly FilmMapper _mapper;
    private readonly Action<long> _sent;
    private readonly Dictionary<long, string> _faults = [];
    private readonly LineMap _lines = new();

    /// <param name="films">The films of the file.</param>
    /// <param name="mapper">Makes lines of them.</param>
    /// <param name="sent">Is told how many have been sent.</param>
    public FilmUpload(IAsyncEnumerable<InputRecord> films, FilmMapper mapper, Action<long> sent)
    {
        (_films, _mapper, _sent) = (films, mapper, sent);
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
    }

    /// <summary>How many films have been sent.</summary>
    public long Count { get; private set; }

    /// <summary>True when the service has all of it.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Where in the file the line stands that was sent as this one.</summary>
    public string PlaceOf(long sent) => string.Create(
        CultureInfo.InvariantCulture, $"line {_lines.LineOf(sent)}{(_lines.HasSharedLines ? $", film {sent}" : "")}");

    /// <summary>Why the mapping could not take the film that was sent as this line; null when it could.</summary>
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
        IsComplete = true;
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
        Count++;
        _lines.Add(film.Line);
        if (_mapper.Map(film, writer) is { } fault)
        {
            WriteFault(fault, writer);
        }

        writer.Flush();
        writer.Reset();
        buffer.Write("\n"u8);
    }

    // The service refuses it. So it counts the faults of all lines together, and stores nothing if that was asked for.
    private void WriteFault(string fault, Utf8JsonWriter writer)
    {
        writer.WriteNullValue();
        if (_faults.Count < MaxRemembered)
        {
            _faults.Add(Count, fault);
        }
    }

    private async Task SendAsync(Stream stream, ArrayBufferWriter<byte> buffer, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(buffer.WrittenMemory, cancellationToken);
        buffer.ResetWrittenCount();
        _sent(Count);
    }
}
