using FilmService.Api.Http.Problems;

namespace FilmService.Api.Http.Binding;

/// <summary>Reads the arguments of a request from its query string and its body: JSON, urlencoded or multipart.</summary>
internal static class ArgumentReader
{
    public const string JsonType = "application/json";

    public const string FormType = "application/x-www-form-urlencoded";

    /// <summary>An HTML form that may contain files, which are rejected.</summary>
    public const string MultipartType = "multipart/form-data";

    /// <summary>A JSON merge patch (RFC 7396).</summary>
    public const string MergePatchType = "application/merge-patch+json";

    /// <exception cref="ProblemException">The request cannot be read, or has no arguments at all.</exception>
    public static async Task<ArgumentSet> ReadAsync(HttpRequest request, IReadOnlyList<string> known)
    {
        var arguments = new ArgumentSet(known);
        var hasQuery = false;
        foreach (var (name, value) in QueryParameters.ArgumentsOf(request))
        {
            arguments.Add(name, ArgumentValue.OfForm(value));
            hasQuery = true;
        }

        if (request.HasBody())
        {
            await ReadBodyAsync(request, arguments);
        }
        else if (!hasQuery)
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, $"The request has no arguments. Accepted here: {string.Join(", ", known)}."));
        }

        return arguments;
    }

    /// <exception cref="ProblemException">
    /// The body cannot be read, or has a media type that the endpoint does not accept.
    /// </exception>
    public static async Task ReadBodyAsync(HttpRequest request, ArgumentSet arguments)
    {
        var types = request.HttpContext.GetEndpoint()!.Metadata.GetRequiredMetadata<BodyAttribute>();
        switch (types.MediaTypeOf(request))
        {
            case FormType:
                ReadForm(await request.ReadBodyAsync(), arguments);
                break;
            case MultipartType:
                await MultipartArguments.ReadAsync(await request.ReadBodyAsync(), request.ContentType!, arguments);
                break;
            default:
                JsonArguments.Read(await request.ReadBodyAsync(), arguments);
                break;
        }
    }

    private static void ReadForm(byte[] body, ArgumentSet arguments)
    {
        foreach (var (name, value) in UrlEncoded.Read(body, "The form"))
        {
            arguments.Add(name, ArgumentValue.OfForm(value));
        }
    }
}
