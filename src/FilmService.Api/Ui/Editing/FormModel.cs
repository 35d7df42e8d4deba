using FilmService.Domain.Films;

namespace FilmService.Api.Ui.Editing;

/// <summary>A form to show.</summary>
/// <param name="Action">Where it is sent.</param>
/// <param name="Values">The text of each field.</param>
/// <param name="Faults">What is wrong, by field.</param>
/// <param name="Revision">The revision that it shows; null if the film does not exist.</param>
public sealed record FormModel(string Action, IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, string> Faults, Revision? Revision)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>Sending the form twice has the effect of sending it once.</summary>
    public string Key { get; } = NewKey();

    public static string NewKey() => Guid.NewGuid().ToString("N");

    /// <summary>An empty form for a new film.</summary>
    public static FormModel Empty => new(UiAddress.Add, None, None, null);

    /// <summary>A form that shows a film.</summary>
    public static FormModel Of(Film film) => new(UiAddress.Film(film.Id), ValuesOf(film.Details), None, film.Revision);

    /// <summary>The texts of a film's fields.</summary>
    public static IReadOnlyDictionary<string, string> ValuesOf(FilmDetails details) =>
        FilmFields.All.ToDictionary(field => field.Argument, field => FieldText.Of(field, details));
}
