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
    private const int MaxRemembered = 100; // as many faults as the service lists
    private const int BufferBytes = 64 * 1024;

    private readonly IAsyncEnumerable<InputRecord> _films;
    private readonly FilmMapper _mapper;
    private readonly Action _sent;
    private readonly Dictionary<long, string> _faults = [];
    private readonly LineMap _lines = new();

    /// <param name="sent">Called whenever more has been sent.</param>
    public FilmUpload(IAsyncEnumerable<InputRecord> films, FilmMapper mapper, Action sent)
    {
        (_films, _mapper, _sent) = (films, mapper, sent);
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
    }

    public long Count { get; private set; }

    /// <summary>True if the complete body has been sent.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The place in the file of the film that was sent as this line.</summary>
    public string PlaceOf(long sent) => string.Create(
        CultureInfo.InvariantCulture, $"line {_lines.LineOf(sent)}{(_lines.HasSharedLines ? $", film {sent}" : "")}");

    /// <summary>Why the film that was sent as this line could not be mapped; null if it could.</summary>
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

    // The service rejects it, counts the errors of all lines together, and stores nothing if that was requested.
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
        _sent();
    }
}
