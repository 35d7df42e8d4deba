using FilmService.Api.Arguments;
using FilmService.Domain.Films;
using FluentValidation;

namespace FilmService.Api.Films;

/// <summary>The shape of a film's arguments (contract, section 1). What is true of the catalogue is the domain's to say.</summary>
/// <typeparam name="T">The request.</typeparam>
public abstract class FilmRequestValidator<T> : AbstractValidator<T>
    where T : FilmRequest
{
    private static readonly string YearRule = $"Year must be a whole number from {FilmDetails.MinYear} to {FilmDetails.MaxYear}.";
    private static readonly string MonthRule = $"Month must be one of {string.Join(", ", Months.All)}, or null when it is not known.";

    /// <param name="needed">Says of a value whether it may be judged: a whole film needs all, a change only what it changes.</param>
    protected FilmRequestValidator(Func<ArgumentValue, bool> needed)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(film => film.Name)
            .Must(name => !name.IsAbsent).WithMessage("Name is required.")
            .Must(name => name.Kind is ArgumentKind.Text).WithMessage("Name must be text, without lone surrogates.")
            .Must(name => !string.IsNullOrWhiteSpace(name.Text)).WithMessage("Name must not be empty.")
            .Must(name => FilmDetails.IsName(name.Text))
            .WithMessage($"Name must have at most {FilmDetails.NameMaxLength} characters and no control characters.")
            .When(film => needed(film.Name))
            .OverridePropertyName("name");
        RuleFor(film => film.Year)
            .Must(year => !year.IsAbsent).WithMessage("Year is required.")
            .Must(year => year.ToWholeNumber() is >= FilmDetails.MinYear and <= FilmDetails.MaxYear).WithMessage(YearRule)
            .When(film => needed(film.Year))
            .OverridePropertyName("year");
        RuleFor(film => film.Month)
            .Must(month => month.IsAbsent || (month.Kind is ArgumentKind.Text && Months.Parse(month.Text) is not null)).WithMessage(MonthRule)
            .OverridePropertyName("month");
    }
}

/// <summary>A whole film needs a name and a year.</summary>
public sealed class SaveFilmRequestValidator() : FilmRequestValidator<SaveFilmRequest>(_ => true);

/// <summary>A whole film needs a name and a year; an id of its own is one.</summary>
public sealed class AddFilmRequestValidator : FilmRequestValidator<AddFilmRequest>
{
    /// <summary>Sets up the rules.</summary>
    public AddFilmRequestValidator()
        : base(_ => true) => RuleFor(film => film.Id)
            .Must(id => id.Kind is ArgumentKind.Missing || (id.Kind is ArgumentKind.Text && FilmId.TryParse(id.Text, out _)))
            .WithMessage(FilmId.Rule)
            .OverridePropertyName("id");
}

/// <summary>A change is judged by what it changes; a name or a year cannot be cleared.</summary>
public sealed class PatchFilmRequestValidator() : FilmRequestValidator<PatchFilmRequest>(value => value.Kind is not ArgumentKind.Missing);
