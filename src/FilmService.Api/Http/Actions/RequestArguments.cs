using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Http.Actions;

/// <summary>
/// The arguments of a request as the client sent them. They are validated by FluentValidation before the action is called.
/// </summary>
/// <param name="invalid">The problem to report if they are invalid.</param>
/// <param name="inOrderOfRules">
/// True to report errors in the order of the rules; false for short names first.
/// </param>
public abstract class RequestArguments(ArgumentSet sent, ProblemType invalid, bool inOrderOfRules = false)
{
    public IReadOnlyDictionary<string, string[]> Faults => sent.Faults;

    public ProblemType Invalid => invalid;

    public bool InOrderOfRules => inOrderOfRules;

    /// <summary>What to do if they are invalid, beyond what the errors say; empty if there is no more to say.</summary>
    public virtual string Advice => "";
}
