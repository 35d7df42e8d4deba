using System.Globalization;
using FilmService.Domain.Films;

namespace FilmService.Api.Import.Mapping;

/// <summary>
/// A release date as files write it. Nothing is guessed: a year has four digits, and 03/04/1998, which is March to some and April
/// to others, is not accepted.
/// </summary>
/// <param name="FirstDay">The first day that it may mean.</param>
/// <param name="Month">Null if only the year is given.</param>
internal readonly record struct ReleaseDate(DateOnly FirstDay, Month? Month)
{
    /// <summary>The accepted forms, for a message.</summary>
    public const string Forms = "2018-03-01, 2018-03, 2018, Jun 12 1998, June 12, 1998 or 12 June 1998";

    private const int DayLength = 10;

    private static readonly string[] WithMonth =
        ["yyyy-MM-dd", "yyyy-MM", "MMM d yyyy", "MMMM d yyyy", "MMM d, yyyy", "MMMM d, yyyy", "d MMM yyyy", "d MMMM yyyy", "MMM yyyy", "MMMM yyyy"];

    private static readonly string[] Times = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF", "HH:mmK", "HH:mm:ssK", "HH:mm:ss.FFFFFFFK"];

    public int Year => FirstDay.Year;

    /// <summary>Returns null if the text has none of the accepted forms.</summary>
    public static ReleaseDate? Parse(string text)
    {
        text = WithoutTime(text.Trim());
        return TryParse(text, WithMonth, out var day) ? new(day, (Month)day.Month)
            : TryParse(text, ["yyyy"], out day) ? new(day, null)
            : null;
    }

    // The day as it is written counts, whatever the time zone.
    private static string WithoutTime(string text) =>
        text.Length > DayLength && text[DayLength] is 'T' or ' '
        && DateTime.TryParseExact(text[(DayLength + 1)..], Times, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault | DateTimeStyles.RoundtripKind, out _)
            ? text[..DayLength]
            : text;

    private static bool TryParse(string text, string[] forms, out DateOnly day) =>
        DateOnly.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
