using System.Text.RegularExpressions;
using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;
using FilmService.Domain.Import;

namespace FilmService.Api.Import;

/// <summary>
/// Makes a line of an import from its members, or reports the errors in them. A line of the change feed is valid too.
/// </summary>
internal sealed partial class ImportLineReader(OnConflict onConflict)
{
    /// <summary>The recognised members; the last three are the feed's and are not stored.</summary>
    public static readonly IReadOnlyList<string> Members = ["id", .. FilmFields.All.Select(field => field.Argument), "deleted", "revision", "at", "by"];

    private const string ARange = " A range of years is usually that of a series. To leave such lines out, set onError to skip.";

    /// <summary>The columns that a CSV file must have.</summary>
    public IReadOnlyList<FilmField> Required => onConflict is OnConflict.Merge ? [] : FilmFields.Required;

    /// <summary>True for a member that is true or false.</summary>
    public static bool IsFlag(string member) => member.Equals("deleted", StringComparison.OrdinalIgnoreCase);

    /// <summary>The error in a field's value, which it shows; null if there is none.</summary>
    public static string? FaultOf(FilmField field, ArgumentValue value, bool mayBeMissing = false) => field.FaultOf(value.ToValue(field), mayBeMissing) is not { } fault ? null
        : string.IsNullOrEmpty(value.Text) || (field.Kind is FilmFieldKind.Text && value.Kind is ArgumentKind.Text) ? fault
        : value.Kind is ArgumentKind.Text ? $"{field.Name} is '{ArgumentSet.Echo(value.Text)}'. {fault}{(field == FilmFields.Year && YearRange().IsMatch(value.Text) ? ARange : "")}"
        : $"{field.Name} is {ArgumentSet.Echo(value.Text)}. {fault}";

    /// <summary>Makes the line; returns null if the members have errors now.</summary>
    public ImportLine? Read(long number, ArgumentSet members)
    {
        var isDeletion = members["deleted"] == ArgumentValue.OfFlag(true);
        Check(members, "id", FilmRules.FaultOfId);
        Check(members, "deleted", FaultOfDeleted);
        if (isDeletion)
        {
            CheckDeletion(members);
        }
        else
        {
            CheckFilm(members);
        }

        return members.Faults.Count > 0 ? null : new ImportLine(number, IdOf(members), isDeletion ? null : PatchOf(members));
    }

    private static void CheckDeletion(ArgumentSet members)
    {
        Check(members, "id", id => FilmRules.IsGiven(id) ? null : "Id is required to delete a film.");
        foreach (var member in FilmFields.All.Select(field => field.Argument))
        {
            Check(members, member, value => value.IsAbsent ? null : "A line that deletes a film must have no other film members.");
        }
    }

    private void CheckFilm(ArgumentSet members)
    {
        foreach (var field in FilmFields.All)
        {
            Check(members, field.Argument, value => FaultOf(field, value, mayBeMissing: onConflict is OnConflict.Merge));
        }
    }

    private static void Check(ArgumentSet members, string member, Func<ArgumentValue, string?> faultOf)
    {
        if (faultOf(members[member]) is { } fault)
        {
            members.AddFault(member, fault);
        }
    }

    private static string? FaultOfDeleted(ArgumentValue deleted) =>
        deleted.IsAbsent || deleted.Kind is ArgumentKind.Flag ? null : "Deleted must be true or false.";

    private static FilmId? IdOf(ArgumentSet members) => FilmId.TryParse(members["id"].Text, out var id) ? id : null;

    [GeneratedRegex(@"^\s*[0-9]{4}\s*[-\u2010-\u2015]\s*([0-9]{2}|[0-9]{4})?\s*$")]
    private static partial Regex YearRange();

    private static FilmPatch PatchOf(ArgumentSet members) => FilmPatch.Of(field => members[field.Argument].ToValue(field));
}
