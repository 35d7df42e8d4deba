using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Import.Reading;
using FilmService.Api.Search;
using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Import;

/// <summary>The body of a request that adds films: an import, or one film.</summary>
internal static class ImportBody
{
    // A BOM is allowed before JSON and treated as white space.
    private static readonly SearchValues<byte> Space = SearchValues.Create([.. " \t\r\n"u8, .. Encoding.UTF8.Preamble]);

    /// <summary>True if the body is an import: NDJSON, CSV, a form with a file, or JSON that begins with a bracket or is compressed.</summary>
    public static async ValueTask<bool> IsImportAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return false;
        }

        return IsOf(type, FilmListFormat.LinesType) || IsOf(type, FilmListFormat.TableType)
            || (IsOf(type, ArgumentReader.MultipartType) && request.HasBody() && await PeekAsync(request, MultipartFile.IsIn))
            || (IsOf(type, ArgumentReader.JsonType) && request.HasBody() && (request.Headers.ContentEncoding.Count > 0 || await PeekAsync(request, BeginsWithBracket)));
    }

    /// <summary>The body, decompressed and limited in size.</summary>
    /// <exception cref="ProblemException">413: the declared length is too large.</exception>
    public static Stream Open(HttpRequest request, ImportSettings settings, TimeProvider clock, IncrementalHash? hash)
    {
        if (request.ContentLength > settings.MaxBytes)
        {
            throw ImportStream.TooLarge("The body", settings.MaxBytes);
        }

        var paced = new PacedStream(request.Body, clock, request.HttpContext.RequestAborted);
        var received = new ImportStream(paced, settings.MaxBytes, "The body", hash);
        return request.Headers.ContentEncoding.Count == 0
            ? received
            : new ImportStream(new CompleteGzipStream(received), settings.MaxUnpackedBytes, "The decompressed body", hash: null);
    }

    /// <summary>The content of a form's file, decompressed and limited in size.</summary>
    public static async ValueTask<Stream> OpenFileAsync(MultipartFile file, ImportSettings settings, IncrementalHash? hash, CancellationToken cancellationToken)
    {
        var received = new ImportStream(file.Content, settings.MaxBytes, "The file", hash);
        var content = await PeekedStream.OpenAsync(received, 2, cancellationToken);
        return FileKinds.IsGzip(content.First.Span)
            ? new ImportStream(new CompleteGzipStream(content), settings.MaxUnpackedBytes, "The decompressed file", hash: null)
            : content;
    }

    private static bool IsOf(MediaTypeHeaderValue type, string mediaType) => type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    // The judge returns null if it needs more of the body.
    private static async ValueTask<bool> PeekAsync(HttpRequest request, Func<ReadOnlySequence<byte>, bool?> judge)
    {
        while (true)
        {
            var read = await ReadAsync(request);
            var judgement = judge(read.Buffer);
            var isKnown = judgement is not null || read.IsCompleted || read.Buffer.Length > RequestBody.MaxLength;
            request.BodyReader.AdvanceTo(read.Buffer.Start, isKnown ? read.Buffer.Start : read.Buffer.End);
            if (isKnown)
            {
                return judgement is true;
            }
        }
    }

    private static async ValueTask<ReadResult> ReadAsync(HttpRequest request)
    {
        try
        {
            return await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, RequestBody.BrokenBody));
        }
    }

    private static bool? BeginsWithBracket(ReadOnlySequence<byte> bytes)
    {
        foreach (var part in bytes)
        {
            if (part.Span.IndexOfAnyExcept(Space) is >= 0 and var first)
            {
                return part.Span[first] == '[';
            }
        }

        return null;
    }
}
