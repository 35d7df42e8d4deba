using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Import;

namespace FilmService.Api.Import;

internal static class ImportParameters
{
    /// <summary>Selects what to do if a film with the same id exists.</summary>
    public const string OnConflict = "onConflict";

    /// <summary>Selects what to do with invalid lines.</summary>
    public const string OnError = "onError";

    private static readonly string[] OnErrorNames = ["abort", "skip"];
    private static readonly string[] OnConflictNames = [.. Enum.GetNames<OnConflict>().Select(name => name.ToLowerInvariant())];

    /// <summary>The options of the import.</summary>
    /// <exception cref="ProblemException">400: a parameter has an invalid value, or does not belong to an import.</exception>
    public static ImportOptions Read(HttpContext context)
    {
        RefuseArguments(context.Request);
        return new ImportOptions((OnConflict)Choice(context, OnConflict, OnConflictNames), Choice(context, OnError, OnErrorNames) == 1);
    }

    /// <summary>Rejects them for a single film, for which they have no effect.</summary>
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

    // A film's arguments are in the lines; in the query string they would have no effect.
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
