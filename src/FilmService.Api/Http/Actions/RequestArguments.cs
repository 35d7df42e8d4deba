using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Http.Actions;

/// <summary>The arguments of a request as the client sent them. A FluentValidation validator checks them before the action is called.</summary>
/// <param name="sent">The arguments.</param>
/// <param name="invalid">The problem if they are not valid.</param>
public abstract class RequestArguments(ArgumentSet sent, ProblemType invalid)
{
    /// <inheritdoc cref="ArgumentSet.Faults"/>
    public IReadOnlyDictionary<string, string[]> Faults => sent.Faults;

    public ProblemType Invalid => invalid;
}
