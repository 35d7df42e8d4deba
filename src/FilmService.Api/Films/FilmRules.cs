using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;

namespace FilmService.Api.Films;

/// <summary>The shape of a film's arguments (contract, section 1), one by one: what is wrong with each, or null.</summary>
internal static class FilmRules
{
    private static readonly string NameRule = $"Name must have at most {FilmDetails.NameMaxLength} characters and no control characters.";
    private static readonly string YearRule = $"Year must be a whole number from {FilmDetails.MinYear} to {FilmDetails.MaxYear}.";
    private static readonly string MonthRule = $"Month must be one of {string.Join(", ", Months.All)}, or null if it is unknown.";

    public static string? FaultOfName(ArgumentValue name) => name switch
    {
        { IsAbsent: true } => "Name is required.",
        { Kind: not ArgumentKind.Text } => "Name must be a string without lone surrogates.",
        { Text: var text } when string.IsNullOrWhiteSpace(text) => "Name must not be empty.",
        { Text: var text } => FilmDetails.IsName(text) ? null : NameRule,
    };

    public static string? FaultOfYear(ArgumentValue year) => year switch
    {
        { IsAbsent: true } => "Year is required.",
        _ => year.ToWholeNumber() is >= FilmDetails.MinYear and <= FilmDetails.MaxYear ? null : YearRule,
    };

    public static string? FaultOfMonth(ArgumentValue month) =>
        month.IsAbsent || (month.Kind is ArgumentKind.Text && Months.Parse(month.Text) is not null) ? null : MonthRule;

    /// <summary>An id of a film's own; without one it gets one.</summary>
    public static string? FaultOfId(ArgumentValue id) =>
        id.Kind is ArgumentKind.Missing || (id.Kind is ArgumentKind.Text && FilmId.TryParse(id.Text, out _)) ? null : FilmId.Rule;
}
