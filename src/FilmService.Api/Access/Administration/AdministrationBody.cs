using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Access.Administration;

/// <summary>
/// Reads a request about access: one JSON object, or a form where one is accepted. Query parameters are rejected, because URLs end up in logs.
/// </summary>
internal static class AdministrationBody
{
    /// <exception cref="ProblemException">400 or 415: the body cannot be read.</exception>
    public static async ValueTask<ArgumentSet> ReadAsync(HttpRequest request, IReadOnlyList<string> known)
    {
        RefuseQuery(request);
        var arguments = new ArgumentSet(known);
        if (!request.HasBody())
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, $"The request has no body. Send an object with {string.Join(", ", known)}."));
        }

        await ArgumentReader.ReadBodyAsync(request, arguments);
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
