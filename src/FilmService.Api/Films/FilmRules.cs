using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;

namespace FilmService.Api.Films;

/// <summary>The values that arguments have for a film's fields, and what is wrong with them.</summary>
internal static class FilmRules
{
    /// <summary>The value that a client sent for a field.</summary>
    public static FieldValue ToValue(this ArgumentValue argument, FilmField field) => argument.Kind switch
    {
        ArgumentKind.Missing => default,
        ArgumentKind.Null => FieldValue.Null,
        _ when field.Kind is FilmFieldKind.Number => argument.ToWholeNumber() is { } number ? number : FieldValue.Invalid,
        ArgumentKind.Text => field.Parse(argument.Text),
        _ => FieldValue.Invalid,
    };

    /// <summary>An id of a film's own; without one it gets one.</summary>
    public static string? FaultOfId(ArgumentValue id) =>
        id.Kind is ArgumentKind.Missing || (id.Kind is ArgumentKind.Text && FilmId.TryParse(id.Text, out _)) ? null : FilmId.Rule;
}
