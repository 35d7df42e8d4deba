using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Import;

namespace FilmService.Api.Import;

/// <summary>The query parameters of an import.</summary>
internal static class ImportParameters
{
    /// <summary>Says what becomes of films that are there already.</summary>
    public const string OnConflict = "onConflict";

    /// <summary>Says what becomes of lines with faults.</summary>
    public const string OnError = "onError";

    private static readonly string[] OnErrorNames = ["abort", "skip"];
    private static readonly string[] OnConflictNames = [.. Enum.GetNames<OnConflict>().Select(name => name.ToLowerInvariant())];

    /// <summary>How the import is carried out.</summary>
    /// <exception cref="ProblemException">400: a parameter has no such value, or is none of an import's.</exception>
    public static ImportOptions Read(HttpContext context)
    {
        RefuseArguments(context.Request);
        return new ImportOptions((OnConflict)Choice(context, OnConflict, OnConflictNames), Choice(context, OnError, OnErrorNames) == 1);
    }

    /// <summary>Refuses them for one film, where they would mean nothing.</summary>
    public static void Refuse(HttpContext context)
    {
        foreach (var parameter in new[] { OnConflict, OnError })
        {
            if (context.Query(parameter).Kind is not ArgumentKind.Missing)
            {
                throw new ProblemException(Problem.OfParameter(parameter, $"'{parameter}' applies only to imports; this request adds a single film."));
            }
        }
    }

    private static int Choice(HttpContext context, string parameter, string[] names)
    {
        var value = context.Query(parameter);
        var choice = value.Kind is ArgumentKind.Missing ? 0 : Array.IndexOf(names, value.Text);
        return choice >= 0 ? choice : throw new ProblemException(Problem.OfParameter(parameter, $"'{parameter}' must be one of {string.Join(", ", names)}."));
    }

    // A film's arguments stand in the lines; in the query string they would mean nothing.
    private static void RefuseArguments(HttpRequest request)
    {
        var unknown = new ArgumentSet([FilmWriteAttribute.DryRun, OnConflict, OnError]);
        foreach (var (name, value) in QueryParameters.ArgumentsOf(request))
        {
            unknown.Add(name, ArgumentValue.OfForm(value));
        }

        if (unknown.Faults.Count > 0)
        {
            throw new ProblemException(Problem.OfErrors(ProblemTypes.InvalidParameters, unknown.Faults));
        }
    }
}
