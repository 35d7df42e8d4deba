using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FluentValidation;

namespace FilmService.Api.Access.Administration;

/// <summary>Reads what an administrator sends: one JSON object, and nothing in the URL, which ends up in logs.</summary>
internal static class AdministrationBody
{
    /// <exception cref="ProblemException">400 or 415: it cannot be read, or is not valid.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, IReadOnlyList<string> known, Func<ArgumentSet, T> make, IValidator<T> validator)
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
        var made = make(arguments);
        var faults = validator.Validate(made).Errors
            .GroupBy(error => error.PropertyName, error => error.ErrorMessage)
            .ToDictionary(group => group.Key, group => group.ToArray());
        foreach (var (name, messages) in arguments.Faults)
        {
            faults[name] = messages;
        }

        return faults.Count == 0 ? made : throw new ProblemException(Problem.OfErrors(AccessProblems.InvalidArguments, faults));
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
