using FilmService.Api.Http.Problems;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FilmService.Api.Http.Actions;

/// <summary>Validates arguments and reports all errors as one problem.</summary>
internal static class ArgumentValidation
{
    /// <exception cref="ProblemException">400: the arguments are invalid.</exception>
    public static void Check(RequestArguments arguments, IValidator validator, ModelStateDictionary state)
    {
        var result = validator.Validate(new ValidationContext<object>(arguments));
        result.AddToModelState(state);
        if (!state.IsValid || arguments.Faults.Count > 0)
        {
            var names = result.Errors.Select(error => error.PropertyName).Concat(arguments.Faults.Keys).Distinct();
            var ordered = arguments.InOrderOfRules ? names : names.OrderBy(name => name.Length).ThenBy(name => name, StringComparer.OrdinalIgnoreCase);
            var problem = Problem.OfErrors(arguments.Invalid, ordered.ToDictionary(name => name, name => FirstError(arguments, state, name)));
            throw new ProblemException(problem with { Detail = problem.Detail + arguments.Advice });
        }
    }

    // Only an argument's first error is reported: a file sent as a field is not also missing. A client's own names do not go into
    // ModelState, which takes them apart at dots and brackets and fails if there are too many.
    private static string[] FirstError(RequestArguments arguments, ModelStateDictionary state, string name) =>
        [arguments.Faults.TryGetValue(name, out var messages) ? messages[0] : state[name]!.Errors[0].ErrorMessage];
}
