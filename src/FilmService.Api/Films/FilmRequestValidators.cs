using FilmService.Domain.Films;
using FluentValidation;

namespace FilmService.Api.Films;

/// <summary>The shape of a film's arguments. What is true of the catalogue is the domain's to say.</summary>
/// <typeparam name="T">The request.</typeparam>
public abstract class FilmRequestValidator<T> : AbstractValidator<T>
    where T : FilmRequest
{
    /// <param name="isChange">True for a change, which is judged by what it changes; a whole film needs its required fields.</param>
    protected FilmRequestValidator(bool isChange) => RuleFor(film => film).Custom((film, context) =>
    {
        foreach (var field in FilmFields.All)
        {
            if (field.FaultOf(film.ValueOf(field), isChange) is { } fault)
            {
                context.AddFailure(field.Argument, fault);
            }
        }
    });
}

/// <summary>A whole film needs its required fields.</summary>
public sealed class SaveFilmRequestValidator() : FilmRequestValidator<SaveFilmRequest>(isChange: false);

/// <summary>A whole film needs its required fields; an id of its own must be one.</summary>
public sealed class AddFilmRequestValidator : FilmRequestValidator<AddFilmRequest>
{
    /// <summary>Sets up the rules.</summary>
    public AddFilmRequestValidator()
        : base(isChange: false) => RuleFor(film => film.Id).Custom((id, context) =>
        {
            if (FilmRules.FaultOfId(id) is { } fault)
            {
                context.AddFailure("id", fault);
            }
        });
}

/// <summary>A change is judged by what it changes; a required field cannot be cleared.</summary>
public sealed class PatchFilmRequestValidator() : FilmRequestValidator<PatchFilmRequest>(isChange: true);
