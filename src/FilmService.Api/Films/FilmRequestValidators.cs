using FilmService.Api.Http.Binding;
using FluentValidation;

namespace FilmService.Api.Films;

/// <summary>The shape of a film's arguments. What is true of the catalogue is the domain's to say.</summary>
/// <typeparam name="T">The request.</typeparam>
public abstract class FilmRequestValidator<T> : AbstractValidator<T>
    where T : FilmRequest
{
    /// <param name="needed">Says of a value whether it may be judged: a whole film needs all, a change only what it changes.</param>
    protected FilmRequestValidator(Func<ArgumentValue, bool> needed)
    {
        RuleFor(film => film.Name).Custom(Check("name", FilmRules.FaultOfName)).When(film => needed(film.Name));
        RuleFor(film => film.Year).Custom(Check("year", FilmRules.FaultOfYear)).When(film => needed(film.Year));
        RuleFor(film => film.Month).Custom(Check("month", FilmRules.FaultOfMonth));
    }

    /// <summary>A rule that names the argument by its own name.</summary>
    protected static Action<ArgumentValue, ValidationContext<T>> Check(string argument, Func<ArgumentValue, string?> faultOf) => (value, context) =>
    {
        if (faultOf(value) is { } fault)
        {
            context.AddFailure(argument, fault);
        }
    };
}

/// <summary>A whole film needs a name and a year.</summary>
public sealed class SaveFilmRequestValidator() : FilmRequestValidator<SaveFilmRequest>(_ => true);

/// <summary>A whole film needs a name and a year; an id of its own is one.</summary>
public sealed class AddFilmRequestValidator : FilmRequestValidator<AddFilmRequest>
{
    /// <summary>Sets up the rules.</summary>
    public AddFilmRequestValidator()
        : base(_ => true) => RuleFor(film => film.Id).Custom(Check("id", FilmRules.FaultOfId));
}

/// <summary>A change is judged by what it changes; a name or a year cannot be cleared.</summary>
public sealed class PatchFilmRequestValidator() : FilmRequestValidator<PatchFilmRequest>(value => value.Kind is not ArgumentKind.Missing);
