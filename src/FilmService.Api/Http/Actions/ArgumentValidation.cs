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
        foreach (var (name, messages) in arguments.Faults)
        {
            state.AddModelError(name, messages[0]);
        }

        var result = validator.Validate(new ValidationContext<object>(arguments));
        result.AddToModelState(state);
        if (!state.IsValid)
        {
            var names = arguments.InOrderOfRules
                ? result.Errors.Select(error => error.PropertyName).Concat(arguments.Faults.Keys).Distinct()
                : state.Where(entry => entry.Value!.Errors.Count > 0).Select(entry => entry.Key);
            throw new ProblemException(Problem.OfErrors(arguments.Invalid, names.ToDictionary(name => name, name => FirstError(state, name))));
        }
    }

    // Only an argument's first error is reported: a file sent as a field is not also missing.
    private static string[] FirstError(ModelStateDictionary state, string name) => [state[name]!.Errors[0].ErrorMessage];
}
