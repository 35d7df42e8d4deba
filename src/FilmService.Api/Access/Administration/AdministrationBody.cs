using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Access.Administration;

/// <summary>Reads what an administrator sends: one JSON object, and nothing in the URL, which ends up in logs.</summary>
internal static class AdministrationBody
{
    /// <exception cref="ProblemException">400 or 415: it cannot be read.</exception>
    public static async ValueTask<ArgumentSet> ReadAsync(HttpRequest request, IReadOnlyList<string> known)
    {
        RefuseQuery(request);
        var arguments = new ArgumentSet(known);
        var type = request.HttpContext.GetEndpoint()!.Metadata.GetRequiredMetadata<BodyAttribute>();
        if (!request.HasBody())
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, $"The request has no body. Send an object with {string.Join(", ", known)}."));
        }

        type.MediaTypeOf(request);
        JsonArguments.Read(await request.ReadBodyAsync(), arguments);
        return arguments;
    }

    private static void RefuseQuery(HttpRequest request)
    {
        var parameters = new ArgumentSet([]);
        foreach (var (name, value) in UrlEncoded.Read(request.QueryString.Value?.TrimStart('?') ?? "", "The query string").Where(pair => !pair.Key.StartsWith('_')))
        {
            parameters.Add(name, ArgumentValue.OfForm(value));
        }

        if (parameters.Faults.Count > 0)
        {
            throw new ProblemException(Problem.OfErrors(ProblemTypes.InvalidParameters, parameters.Faults));
        }
    }
}
