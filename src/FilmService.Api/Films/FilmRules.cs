using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;

namespace FilmService.Api.Films;

/// <summary>Converts arguments to values of a film's fields, and validates them.</summary>
internal static class FilmRules
{
    public static FieldValue ToValue(this ArgumentValue argument, FilmField field) => argument.Kind switch
    {
        ArgumentKind.Missing => default,
        ArgumentKind.Null => FieldValue.Null,
        _ when field.Kind is FilmFieldKind.Number => argument.ToWholeNumber() is { } number ? number : FieldValue.Invalid,
        ArgumentKind.Text => field.Parse(argument.Text),
        _ => FieldValue.Invalid,
    };

    /// <summary>False for an id that is missing, null or empty: generated clients send any of these for an id that is not set.</summary>
    public static bool IsGiven(ArgumentValue id) => !id.IsAbsent && id is not { Kind: ArgumentKind.Text, Text: "" };

    /// <summary>The error in a given id; no id means a generated one, which is valid.</summary>
    public static string? FaultOfId(ArgumentValue id) =>
        !IsGiven(id) || (id.Kind is ArgumentKind.Text && FilmId.TryParse(id.Text, out _)) ? null : FilmId.Rule;
}
