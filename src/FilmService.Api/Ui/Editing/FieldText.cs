using System.Globalization;
using FilmService.Domain.Films;

namespace FilmService.Api.Ui.Editing;

/// <summary>A field that differs between two versions of a film.</summary>
public readonly record struct FieldDifference(FilmField Field, string Before, string After);

/// <summary>The values of fields as people read and write them.</summary>
public static class FieldText
{
    /// <summary>The value; empty if the film has none.</summary>
    public static string Of(FilmField field, FilmDetails details) => field.Of(details) switch
    {
        { Kind: FieldValueKind.Text, Text: var text } => text!,
        { Kind: FieldValueKind.Number, Number: var number } when field.Kind is FilmFieldKind.Choice => field.Choices[number - 1],
        { Kind: FieldValueKind.Number, Number: var number } => number.ToString(CultureInfo.InvariantCulture),
        _ => "",
    };

    public static IReadOnlyList<FieldDifference> Differences(FilmDetails before, FilmDetails after) =>
        [.. FilmFields.All.Select(field => new FieldDifference(field, Of(field, before), Of(field, after))).Where(field => field.Before != field.After)];
}
