using FilmService.Api.Http.Problems;
using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Http.Binding;

/// <summary>Lists the media types of the body that an action accepts. An action without this attribute accepts no body.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BodyAttribute(params string[] mediaTypes) : Attribute
{
    private const string Table = "text/csv";
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>
    /// The type that reads the arguments, for the API document; null if the body has none. They may also be in the query string.
    /// </summary>
    public Type? Arguments { get; init; }

    /// <summary>The type of a line of an import, for the API document; null if the body cannot be an import.</summary>
    public Type? Line { get; init; }

    /// <summary>True if arguments are accepted in the body only, because URLs end up in logs.</summary>
    public bool IsOnlyPlace { get; init; }

    /// <summary>True if a form may have the text of a file in the field <c>text</c>, into which somebody has pasted it.</summary>
    public bool TakesText { get; init; }

    /// <summary>The media types, the preferred one first.</summary>
    public IReadOnlyList<string> MediaTypes => mediaTypes;

    /// <summary>
    /// The response field that lists a method's media types (RFC 5789 §3.1, RFC 9110 §12.5.1, RFC 10008); null if it has none.
    /// </summary>
    public static string? FieldFor(string method) =>
        HttpMethods.IsPost(method) ? "Accept-Post" : HttpMethods.IsPatch(method) ? "Accept-Patch" : HttpMethods.IsPut(method) ? "Accept"
        : method == Methods.Query ? "Accept-Query" : null;

    /// <param name="takesGzip">True if the body may be compressed with gzip.</param>
    /// <exception cref="ProblemException">
    /// 415: none of the accepted media types, or an unsupported charset or content coding.
    /// </exception>
    public string MediaTypeOf(HttpRequest request, bool takesGzip = false)
    {
        var coding = request.Headers.ContentEncoding;
        if (coding.Count == 0 && mediaTypes.Contains(request.ContentType))
        {
            return request.ContentType!;
        }

        if (coding.Count > 0 && !(takesGzip && coding.ToString().Equals("gzip", StringComparison.OrdinalIgnoreCase)))
        {
            throw Unsupported(request, $"The content coding '{coding}' is not supported here. Send the body uncompressed{(takesGzip ? " or with gzip" : "")}.");
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            throw Unsupported(request, $"The body needs a Content-Type. Accepted here: {string.Join(", ", mediaTypes)}.");
        }

        if (mediaTypes.FirstOrDefault(known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase)) is not { } mediaType)
        {
            throw Unsupported(request, $"A body of type '{type.MediaType}' is not accepted here. Accepted: {string.Join(", ", mediaTypes)}.{AdviceFor(type.MediaType.ToString())}");
        }

        if (type.Parameters.GroupBy(parameter => parameter.Name.ToString(), StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1)?.Key is { } twice)
        {
            throw Unsupported(request, $"The Content-Type has the parameter '{twice}' more than once.");
        }

        if (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            throw Unsupported(request, $"The charset '{type.Charset}' is not supported. Send UTF-8{(mediaType == Table ? ", or name the encoding with the parameter 'encoding' instead" : "")}.");
        }

        return mediaType;
    }

    // What people send in place of a CSV file.
    private string AdviceFor(string mediaType) => !mediaTypes.Contains(Table) ? "" : mediaType.ToLowerInvariant() switch
    {
        "application/zip" or "application/x-zip-compressed" => " Unpack the archive, and send the file inside.",
        "application/gzip" or "application/x-gzip" => " Send Content-Encoding: gzip with the type of the compressed file.",
        "text/tab-separated-values" => $" Send a file with columns as {Table}, whatever separates them.",
        "application/vnd.ms-excel" or Workbook or "application/vnd.oasis.opendocument.spreadsheet" => $" Save the sheet as CSV (UTF-8) in the spreadsheet program, and send that file as {Table}.",
        _ => "",
    };

    /// <summary>The problem for a body of another type, which lists the accepted ones.</summary>
    public ProblemException Unsupported(HttpRequest request, string detail) =>
        new(new Problem(ProblemTypes.UnsupportedMediaType, detail)
        {
            Fields = FieldFor(request.Method) is { } field ? new Dictionary<string, string> { [field] = string.Join(", ", mediaTypes) } : [],
        });
}
