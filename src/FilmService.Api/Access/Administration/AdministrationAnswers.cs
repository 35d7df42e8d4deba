using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.Administration;

internal static class AdministrationAnswers
{
    public static ProblemResult NotFound(string detail) => new(new Problem(ProblemTypes.NotFound, detail));

    public static ProblemResult Configured(string name) => new(ConfiguredProblem(name));

    public static ProblemResult TooMany(string what) => new(TooManyProblem(what));

    public static Problem ConfiguredProblem(string name) => new(AccessProblems.ConfiguredUser, $"User {name} is defined in settings, and can only be changed there.");

    public static Problem TooManyProblem(string what) =>
        new(AccessProblems.TooManyAccounts, $"There are {InMemoryStore<User>.Capacity} {what} already. Delete those that are no longer used.");
}
