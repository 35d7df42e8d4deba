using System.Globalization;
using System.Text.Json;
using FilmService.Api.Commands.Reading;
using FilmService.Domain.Films;

namespace FilmService.Api.Commands.Mapping;

/// <summary>
/// Maps films of any file to the lines of an import: finds the columns, and takes dates apart. What stands in the others
/// goes on as it is, because what a film may be is the service's to say.
/// </summary>
/// <param name="latest">The user knows of no later release.</param>
internal sealed class FilmMapper(DateOnly latest)
{
    private readonly ColumnNames _names = new();
    private readonly InputField?[] _film = new InputField?[Enum.GetValues<FilmColumn>().Length];

    /// <summary>The names of the columns that were not taken, in the order in which they came.</summary>
    public IEnumerable<string> NotTaken => _names.NotTaken;

    /// <summary>Writes the film as a JSON object.</summary>
    /// <returns>Why it cannot be taken, and nothing is written; null when it is written.</returns>
    public string? Map(InputRecord record, Utf8JsonWriter writer)
    {
        ReleaseDate? date = null;
        var fault = record.Fault ?? Arrange(record.Fields) ?? ReadDate(out date) ?? Contradiction(date);
        if (fault is null)
        {
            Write(writer, date);
        }

        return fault;
    }

    private string? Arrange(IReadOnlyList<InputField> fields)
    {
        Array.Clear(_film);
        foreach (var field in fields)
        {
            var column = _names.ColumnOf(field.Name);
            if (column is not FilmColumn.NotTaken && _film[(int)column] is { } other)
            {
                return FilmColumns.Twice(other.Name, field.Name);
            }

            _film[(int)column] = field;
        }

        return null;
    }

    private string? ReadDate(out ReleaseDate? date)
    {
        date = null;
        if (Said(FilmColumn.Date) is not { } field)
        {
            return null;
        }

        date = ReleaseDate.Parse(field.Value.Text ?? "");
        return date is null ? $"'{field.Name}' is {field.Value}, which is not a supported date; write {ReleaseDate.Forms}."
            : date.Value.FirstDay > latest ? string.Create(CultureInfo.InvariantCulture, $"'{field.Name}' is {field.Value}, after {latest:yyyy-MM-dd}: is the century wrong?")
            : null;
    }

    // A year or month beside a date must say the same, or nobody knows which is right.
    private string? Contradiction(ReleaseDate? date)
    {
        if (date is not { } known)
        {
            return null;
        }

        var other = Said(FilmColumn.Year) is { } year && year.Value.ToString() != known.Year.ToString(CultureInfo.InvariantCulture) ? year
            : Said(FilmColumn.Month) is { } month && Months.Parse(month.Value.ToString()) != known.Month ? month
            : default(InputField?);
        var told = _film[(int)FilmColumn.Date]!.Value;
        return other is { } field ? $"'{field.Name}' is {field.Value} and '{told.Name}' is {told.Value}: they contradict each other." : null;
    }

    private void Write(Utf8JsonWriter writer, ReleaseDate? date)
    {
        writer.WriteStartObject();
        WriteMember(writer, FilmColumn.Id);
        WriteMember(writer, FilmColumn.Name);
        if (date is { } known)
        {
            writer.WriteNumber("Year", known.Year);
            writer.WriteString("Month", known.Month?.ToName());
        }
        else
        {
            WriteMember(writer, FilmColumn.Year);
            WriteMember(writer, FilmColumn.Month);
        }

        WriteMember(writer, FilmColumn.Deleted);
        writer.WriteEndObject();
    }

    private void WriteMember(Utf8JsonWriter writer, FilmColumn column)
    {
        if (_film[(int)column] is not { } field || (field.Value.IsEmptyColumn && column is (FilmColumn.Id or FilmColumn.Deleted)))
        {
            return;
        }

        writer.WritePropertyName(column.ToString());
        if (column is FilmColumn.Deleted)
        {
            field.Value.WriteFlagTo(writer);
        }
        else
        {
            field.Value.WriteTo(writer);
        }
    }

    private InputField? Said(FilmColumn column) => _film[(int)column] is { Value.IsEmpty: false } field ? field : null;
}
