using FilmService.Api.Arguments;
using FilmService.Domain.Films;
using FluentValidation;

namespace FilmService.Api.Films;

/// <summary>The shape of a film's arguments: contract, section 1. What is true of the catalogue is the domain's to say.</summary>
public sealed class SaveFilmRequestValidator : AbstractValidator<SaveFilmRequest>
{
    private static readonly string YearRule = $"Year must be a whole number from {FilmDetails.MinYear} to {FilmDetails.MaxYear}.";
    private static readonly string MonthRule = $"Month must be one of {string.Join(", ", Months.All)}, or null when it is not known.";

    /// <summary>Sets up the rules.</summary>
    public SaveFilmRequestValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(film => film.Name)
            .Must(name => !name.IsAbsent).WithMessage("Name is required.")
            .Must(name => name.Kind is ArgumentKind.Text).WithMessage("Name must be text, without lone surrogates.")
            .Must(name => !string.IsNullOrWhiteSpace(name.Text)).WithMessage("Name must not be empty.")
            .Must(name => FilmDetails.IsName(name.Text))
            .WithMessage($"Name must have at most {FilmDetails.NameMaxLength} characters and no control characters.").OverridePropertyName("name");
        RuleFor(film => film.Year)
            .Must(year => !year.IsAbsent).WithMessage("Year is required.")
            .Must(year => year.ToWholeNumber() is >= FilmDetails.MinYear and <= FilmDetails.MaxYear).WithMessage(YearRule).OverridePropertyName("year");
        RuleFor(film => film.Month)
            .Must(month => month.IsAbsent || (month.Kind is ArgumentKind.Text && Months.Parse(month.Text) is not null)).WithMessage(MonthRule).OverridePropertyName("month");
    }
}
