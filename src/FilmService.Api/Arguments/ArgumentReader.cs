using System.Text;
using System.Text.Unicode;
using FilmService.Api.Errors;
using FilmService.Api.Http;

namespace FilmService.Api.Arguments;

/// <summary>Reads the arguments of a request from its query string and its body: JSON, urlencoded or multipart.</summary>
internal static class ArgumentReader
{
    /// <summary>A JSON body.</summary>
    public const string JsonType = "application/json";

    /// <summary>A form as HTML sends it.</summary>
    public const string FormType = "application/x-www-form-urlencoded";

    /// <summary>A form as HTML sends it with files; here without.</summary>
    public const string MultipartType = "multipart/form-data";

    /// <exception cref="ProblemException">The request cannot be read, or has no arguments at all.</exception>
    public static async Task<ArgumentSet> ReadAsync(HttpRequest request, IReadOnlyList<string> known)
    {
        var arguments = new ArgumentSet(known);
        foreach (var (name, value) in UrlEncoded.Read(request.QueryString.Value?.TrimStart('?') ?? "", "The query string").Where(pair => !IsFree(pair.Key)))
        {
            arguments.Add(name, ArgumentValue.OfForm(value));
        }

        await ReadBodyAsync(request, arguments);
        if (arguments.IsEmpty)
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, $"The request has no arguments. Known here: {string.Join(", ", known)}."));
        }

        return arguments;
    }

    /// <summary>True for a parameter that only keeps caches away.</summary>
    public static bool IsFree(string parameter) => parameter.StartsWith('_');

    private static async Task ReadBodyAsync(HttpRequest request, ArgumentSet arguments)
    {
        var types = request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<BodyAttribute>() ?? new BodyAttribute();
        if (!request.HasBody())
        {
            return;
        }

        var type = types.MediaTypeOf(request);
        var body = await request.ReadBodyAsync();
        switch (type)
        {
            case FormType:
                ReadForm(body, arguments);
                break;
            case MultipartType:
                await MultipartArguments.ReadAsync(body, request.ContentType!, arguments);
                break;
            case var _ when body.Length > 0:
                JsonArguments.Read(body, arguments);
                break;
        }
    }

    private static void ReadForm(byte[] body, ArgumentSet arguments)
    {
        if (!Utf8.IsValid(body))
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, "The form is not valid UTF-8."));
        }

        foreach (var (name, value) in UrlEncoded.Read(Encoding.UTF8.GetString(body), "The form"))
        {
            arguments.Add(name, ArgumentValue.OfForm(value));
        }
    }
}
