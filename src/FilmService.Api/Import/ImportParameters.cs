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

    /// <summary>Selects how a line finds its film.</summary>
    public const string Match = "match";

    /// <summary>Requests the result of each line.</summary>
    public const string Report = "report";

    public static readonly IReadOnlyList<string> All = [OnConflict, OnError, Match, Report, .. TableParameters.All];
    private static readonly string[] MatchNames = ["id", "name,year"];
    private static readonly string[] ReportNames = ["lines"];
    private static readonly string[] OnErrorNames = ["abort", "skip"];
    private static readonly string[] OnConflictNames = [.. Enum.GetNames<OnConflict>().Select(name => name.ToLowerInvariant())];

    /// <summary>The options of the import.</summary>
    /// <exception cref="ProblemException">400: a parameter has an invalid value, or does not belong to an import.</exception>
    public static ImportOptions Read(HttpContext context)
    {
        RefuseArguments(context.Request);
        var matchesNames = Choice(context, Match, MatchNames) == 1;
        return new ImportOptions(
            (OnConflict)(Choice(context, OnConflict, OnConflictNames) ?? (int)(matchesNames ? Domain.Import.OnConflict.Skip : Domain.Import.OnConflict.Error)),
            Choice(context, OnError, OnErrorNames) == 1)
        {
            MatchNames = matchesNames,
        };
    }

    /// <summary>True if the answer lists the result of each line.</summary>
    /// <exception cref="ProblemException">400: the parameter has an invalid value.</exception>
    public static bool IsReported(HttpContext context) => Choice(context, Report, ReportNames) is not null;

    /// <summary>Rejects them for a single film, for which they have no effect.</summary>
    public static void Refuse(HttpContext context)
    {
        foreach (var parameter in All)
        {
            if (context.Query(parameter).Kind is not ArgumentKind.Missing)
            {
                throw new ProblemException(Problem.OfParameter(parameter, $"'{parameter}' applies only to imports; this request adds a single film."));
            }
        }
    }

    private static int? Choice(HttpContext context, string parameter, string[] names)
    {
        var value = context.Query(parameter);
        var choice = value.Kind is ArgumentKind.Missing ? default(int?) : Array.IndexOf(names, value.Text);
        return choice is not < 0 ? choice : throw new ProblemException(Problem.OfParameter(parameter, $"'{parameter}' must be {(names.Length == 1 ? "" : "one of ")}{string.Join(names == MatchNames ? " or " : ", ", names)}."));
    }

    // A film's arguments are in the lines; in the query string they would have no effect.
    private static void RefuseArguments(HttpRequest request)
    {
        var unknown = new ArgumentSet([FilmWriteAttribute.DryRun, .. All]);
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
