using FilmService.Api.Http.Binding;
using FilmService.Api.Search;
using FilmService.Domain.Search;

namespace FilmService.Api.Ui.Lists;

/// <summary>A list as its address asks for it: with the parameters of <c>GET /films</c>, read by the same code.</summary>
/// <param name="Query">The query; it means nothing if there are faults.</param>
/// <param name="CursorFingerprint">Identifies the cursors that belong to the list.</param>
/// <param name="Faults">What is wrong with the parameters.</param>
public sealed record ListQuery(ListAddress Address, FilmQuery Query, byte[] CursorFingerprint, IReadOnlyList<string> Faults)
{
    private const string DefaultLimit = "50";

    // A page has a view of its own.
    private static readonly string[] Ignored = [.. SearchParametersAttribute.View.Except(["limit", "cursor"])];

    internal static ValueTask<ListQuery> BindAsync(HttpContext context)
    {
        // A form sends its empty fields too.
        var given = QueryParameters.PairsOf(context.Request)
            .Where(pair => pair.Value.Length > 0 && !Ignored.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)).ToList();
        var arguments = new ArgumentSet(SearchParametersAttribute.Names);
        given.ForEach(pair => arguments.Add(pair.Key, ArgumentValue.OfForm(pair.Value)));
        if (arguments["limit"].Kind is ArgumentKind.Missing)
        {
            arguments.Add("limit", ArgumentValue.OfForm(DefaultLimit));
        }

        var (query, fingerprint) = FilmSearch.ReadQuery(new SearchParameters(arguments), arguments);
        return new(new ListQuery(new ListAddress(given), query, fingerprint, [.. arguments.Faults.SelectMany(fault => fault.Value)]));
    }
}

/// <summary>Marks an action that lists films, see <see cref="ListQuery"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ListParametersAttribute() : Http.Strictness.QueryAttribute([.. SearchParametersAttribute.Names])
{
    public override bool AreReadByAction => true;
}
