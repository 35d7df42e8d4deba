using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.Administration;

internal static class AdministrationAnswers
{
    public static ProblemResult NotFound(string detail) => new(new Problem(ProblemTypes.NotFound, detail));

    public static ProblemResult Configured(string name) =>
        new(new Problem(AccessProblems.ConfiguredUser, $"User {name} is defined in settings, and can only be changed there."));

    public static ProblemResult TooMany(string what) =>
        new(new Problem(AccessProblems.TooManyAccounts, $"There are {InMemoryStore<User>.Capacity} {what} already. Delete those that are no longer used."));
}
