using FilmService.Api.Http.Problems;
using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Http.Binding;

/// <summary>Names the media types of the body that an action takes. An action without it takes no body.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BodyAttribute(params string[] mediaTypes) : Attribute
{
    /// <summary>The arguments, which may stand in the query string too, by the type that reads them, for the API document; null when the body has none.</summary>
    public Type? Arguments { get; init; }

    /// <summary>A line of an import, which the body may be as well, by its type, for the API document; null when it may not.</summary>
    public Type? Line { get; init; }

    /// <summary>True when the arguments stand in the body alone: an address ends up in logs.</summary>
    public bool IsOnlyPlace { get; init; }

    /// <summary>The media types, most welcome first.</summary>
    public IReadOnlyList<string> MediaTypes => mediaTypes;

    /// <summary>The field that tells which types a method takes (RFC 5789 §3.1, RFC 9110 §12.5.1, RFC 10008); null where there is none.</summary>
    public static string? FieldFor(string method) =>
        HttpMethods.IsPost(method) ? "Accept-Post" : HttpMethods.IsPatch(method) ? "Accept-Patch" : HttpMethods.IsPut(method) ? "Accept"
        : method == Methods.Query ? "Accept-Query" : null;

    /// <summary>The body's media type.</summary>
    /// <param name="request">The request.</param>
    /// <param name="takesGzip">True when the body may be packed.</param>
    /// <exception cref="ProblemException">415: it is none of these, or in a charset or coding that is not read.</exception>
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
            throw Unsupported(request, $"A body of type '{type.MediaType}' is not accepted here. Accepted: {string.Join(", ", mediaTypes)}.");
        }

        if (type.Parameters.GroupBy(parameter => parameter.Name.ToString(), StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1)?.Key is { } twice)
        {
            throw Unsupported(request, $"The Content-Type has the parameter '{twice}' more than once.");
        }

        if (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            throw Unsupported(request, $"The charset '{type.Charset}' is not supported. Send UTF-8.");
        }

        return mediaType;
    }

    private ProblemException Unsupported(HttpRequest request, string detail) =>
        new(new Problem(ProblemTypes.UnsupportedMediaType, detail)
        {
            Fields = FieldFor(request.Method) is { } field ? new Dictionary<string, string> { [field] = string.Join(", ", mediaTypes) } : [],
        });
}
