using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Http.Actions;

/// <summary>The arguments of a request as the client sent them. A FluentValidation validator checks them before the action is called.</summary>
/// <param name="sent">The arguments.</param>
/// <param name="invalid">The problem if they are not valid.</param>
/// <param name="inOrderOfRules">True to report faults in the order of the rules, else in that of ModelState: short names first.</param>
public abstract class RequestArguments(ArgumentSet sent, ProblemType invalid, bool inOrderOfRules = false)
{
    /// <inheritdoc cref="ArgumentSet.Faults"/>
    public IReadOnlyDictionary<string, string[]> Faults => sent.Faults;

    public ProblemType Invalid => invalid;

    public bool InOrderOfRules => inOrderOfRules;
}
