using System.Globalization;
using System.Text.Json;
using FilmService.Api.Commands.Reading;
using FilmService.Domain.Films;

namespace FilmService.Api.Commands.Mapping;

/// <summary>
/// Maps films from any file to lines of an import: recognises the columns and splits dates. Other values are passed on unchanged,
/// because validating films is the service's job.
/// </summary>
/// <param name="latest">The latest release date in the file, as far as the user knows.</param>
internal sealed class FilmMapper(DateOnly latest)
{
    private readonly ColumnNames _names = new();
    private readonly Dictionary<string, InputField> _film = [];

    /// <summary>The names of ignored columns, in order of appearance.</summary>
    public IEnumerable<string> NotTaken => _names.NotTaken;

    /// <summary>Writes the film as a JSON object.</summary>
    /// <returns>Why it cannot be mapped, in which case nothing is written; null if it was written.</returns>
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
        _film.Clear();
        foreach (var field in fields)
        {
            if (_names.ColumnOf(field.Name) is { } column && !_film.TryAdd(column, field))
            {
                return FilmColumns.Twice(_film[column].Name, field.Name);
            }
        }

        return null;
    }

    private string? ReadDate(out ReleaseDate? date)
    {
        date = null;
        if (FieldOf(FilmColumns.Date) is not { } field)
        {
            return null;
        }

        date = ReleaseDate.Parse(field.Value.Text ?? "");
        return date is null ? $"'{field.Name}' is {field.Value}, which is not a supported date; write {ReleaseDate.Forms}."
            : date.Value.FirstDay > latest ? string.Create(CultureInfo.InvariantCulture, $"'{field.Name}' is {field.Value}, after {latest:yyyy-MM-dd}: is the century wrong?")
            : null;
    }

    // A year or month next to a date must agree with it, or it is unclear which is right.
    private string? Contradiction(ReleaseDate? date)
    {
        if (date is not { } known)
        {
            return null;
        }

        var other = FieldOf(FilmFields.Year.Name) is { } year && year.Value.ToString() != known.Year.ToString(CultureInfo.InvariantCulture) ? year
            : FieldOf(FilmFields.Month.Name) is { } month && Months.Parse(month.Value.ToString()) != known.Month ? month
            : default(InputField?);
        var told = _film[FilmColumns.Date];
        return other is { } field ? $"'{field.Name}' is {field.Value} and '{told.Name}' is {told.Value}: they contradict each other." : null;
    }

    private void Write(Utf8JsonWriter writer, ReleaseDate? date)
    {
        writer.WriteStartObject();
        WriteMember(writer, FilmColumns.Id);
        foreach (var field in FilmFields.All)
        {
            if (date is { } known && field == FilmFields.Year)
            {
                writer.WriteNumber(field.Name, known.Year);
            }
            else if (date is { Month: var month } && field == FilmFields.Month)
            {
                writer.WriteString(field.Name, month?.ToName());
            }
            else
            {
                WriteMember(writer, field.Name);
            }
        }

        WriteMember(writer, FilmColumns.Deleted);
        writer.WriteEndObject();
    }

    private void WriteMember(Utf8JsonWriter writer, string column)
    {
        if (!_film.TryGetValue(column, out var field) || (field.Value.IsEmptyColumn && column is (FilmColumns.Id or FilmColumns.Deleted)))
        {
            return;
        }

        writer.WritePropertyName(column);
        if (column is FilmColumns.Deleted)
        {
            field.Value.WriteFlagTo(writer);
        }
        else
        {
            field.Value.WriteTo(writer);
        }
    }

    private InputField? FieldOf(string column) => _film.TryGetValue(column, out var field) && !field.Value.IsEmpty ? field : null;
}
