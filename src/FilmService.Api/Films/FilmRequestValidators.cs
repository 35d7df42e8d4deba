using FilmService.Domain.Films;
using FluentValidation;

namespace FilmService.Api.Films;

/// <summary>Validates the shape of a film's arguments. Rules that depend on the catalogue belong in the domain.</summary>
public abstract class FilmRequestValidator<T> : AbstractValidator<T>
    where T : FilmRequest
{
    /// <param name="isChange">
    /// True for a patch, in which only the fields given are validated; a complete film needs its required fields.
    /// </param>
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

public sealed class SaveFilmRequestValidator() : FilmRequestValidator<SaveFilmRequest>(isChange: false);

/// <summary>Validates a complete film; if an id is given, it must be valid.</summary>
public sealed class AddFilmRequestValidator : FilmRequestValidator<AddFilmRequest>
{
    public AddFilmRequestValidator()
        : base(isChange: false) => RuleFor(film => film.Id).Custom((id, context) =>
        {
            if (FilmRules.FaultOfId(id) is { } fault)
            {
                context.AddFailure("id", fault);
            }
        });
}

/// <summary>Validates a patch; a required field cannot be cleared.</summary>
public sealed class PatchFilmRequestValidator() : FilmRequestValidator<PatchFilmRequest>(isChange: true);
