using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Import.Reading;
using FilmService.Api.Search;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Import;

/// <summary>The one file of a multipart form (RFC 7578), as browsers and <c>curl -F</c> send it.</summary>
internal sealed partial class MultipartFile
{
    private const int MaxStartLength = 1 << 14;
    private const int PeekLength = 256;

    private readonly MultipartReader _parts;

    private MultipartFile(MultipartReader parts, Stream content, string mediaType) => (_parts, Content, MediaType) = (parts, content, mediaType);

    public Stream Content { get; }

    /// <summary>The format, by the part's type or else its file name.</summary>
    public string MediaType { get; }

    /// <summary>True if a form has a file, which may come after fields; null if more of it must be read to know.</summary>
    public static bool? IsIn(ReadOnlySequence<byte> start)
    {
        var text = Encoding.Latin1.GetString(start.Slice(0, Math.Min(start.Length, MaxStartLength)));
        return FileHeader().IsMatch(text) ? true : start.Length < MaxStartLength ? null : false;
    }

    /// <exception cref="ProblemException">400: it is not a form. 415: the file's format is not known.</exception>
    public static async Task<MultipartFile> OpenAsync(HttpRequest request, BodyAttribute types, Stream body)
    {
        var parts = MultipartArguments.ReaderOf(request.ContentType, body);
        var part = await NextAsync(parts, request.HttpContext.RequestAborted);
        return part?.GetContentDispositionHeader() switch
        {
            { } file when file.IsFileDisposition() => new MultipartFile(parts, part.Body, MediaTypeOf(part, FileNameOf(file), request, types)),
            { } field when types.TakesText && HeaderUtilities.RemoveQuotes(field.Name) == "text" => await OpenTextAsync(parts, part.Body, request.HttpContext.RequestAborted),
            { } field => throw NotAlone(field),
            _ => throw Malformed("The first part of the multipart form is not a file."),
        };
    }

    // What a person pastes has no name, but its first character tells its format.
    private static async Task<MultipartFile> OpenTextAsync(MultipartReader parts, Stream body, CancellationToken cancellationToken)
    {
        var text = await PeekedStream.OpenAsync(body, PeekLength, cancellationToken);
        return new MultipartFile(parts, text, Encoding.UTF8.GetString(text.First.Span).TrimStart().FirstOrDefault() switch
        {
            '{' => FilmListFormat.LinesType,
            '[' => FilmListFormat.JsonType,
            _ => FilmListFormat.TableType,
        });
    }

    /// <summary>Checks that there is no other part, once the file has been read.</summary>
    /// <exception cref="ProblemException">400: there is one, or the form is truncated.</exception>
    public async Task CheckEndAsync(CancellationToken cancellationToken)
    {
        if (await NextAsync(_parts, cancellationToken) is { } other)
        {
            throw other.GetContentDispositionHeader() is { } field && !field.IsFileDisposition()
                ? NotAlone(field)
                : Malformed("The multipart form has more than one part. Send one file, and the options of the import in the query string.");
        }
    }

    private static async Task<MultipartSection?> NextAsync(MultipartReader parts, CancellationToken cancellationToken)
    {
        try
        {
            return await parts.ReadNextSectionAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException && exception is not BadHttpRequestException)
        {
            throw Malformed("The multipart form is truncated or invalid.");
        }
    }

    private static string FileNameOf(ContentDispositionHeaderValue disposition) =>
        HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();

    // Browsers and curl know the types of few files, or have their own.
    private static string MediaTypeOf(MultipartSection part, string fileName, HttpRequest request, BodyAttribute types)
    {
        string[] known = [FilmListFormat.LinesType, FilmListFormat.TableType, FilmListFormat.JsonType];
        var type = MediaTypeHeaderValue.TryParse(part.ContentType, out var given) ? given.MediaType.ToString() : "";
        var name = fileName.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? fileName[..^3] : fileName;
        return known.FirstOrDefault(own => own.Equals(type, StringComparison.OrdinalIgnoreCase)) ?? Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".csv" or ".tsv" or ".xlsx" or ".xls" or ".ods" or ".zip" => FilmListFormat.TableType,
            ".ndjson" or ".jsonl" => FilmListFormat.LinesType,
            ".json" => FilmListFormat.JsonType,
            _ => throw types.Unsupported(request, "The file's format is not known. Name it *.csv, *.tsv, *.ndjson or *.json, or give the part one of these types: " + string.Join(", ", known) + "."),
        };
    }

    // Options after the file would come too late, so none are read from the form.
    private static ProblemException NotAlone(ContentDispositionHeaderValue field) => Malformed(
        $"The multipart form has the field '{ArgumentSet.Echo(HeaderUtilities.RemoveQuotes(field.Name).ToString())}'. Send one file, and the options of the import in the query string, as in /imports?onConflict=skip.");

    [GeneratedRegex(@"^Content-Disposition:[^\r\n]*;\s*filename\*?\s*=", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex FileHeader();

    private static ProblemException Malformed(string detail) => new(new Problem(ProblemTypes.Malformed, detail));
}
