using System.Globalization;
using System.Text.RegularExpressions;
using FilmService.Api.Import.Reading;
using FilmService.Domain.Films;

namespace FilmService.Api.Import.Mapping;

/// <summary>
/// Maps films from any file to lines of an import: recognises the columns and splits dates. Other values are passed on unchanged,
/// because validating films is the import's job.
/// </summary>
internal sealed partial class FilmMapper(MappingOptions options)
{
    // As databases, pandas and people write an unknown month or date.
    private static readonly HashSet<string> Unknown = new(["NULL", "N/A", "NA", "NaN", "NaT", "None", "nil", "-", "?", "unknown", Null], StringComparer.OrdinalIgnoreCase);

    // In the files of IMDb and MySQL.
    private const string Null = "\\N";

    private readonly ColumnMap _columns = new(options.Columns);
    private readonly FilmKinds _kinds = new(options.Only);
    private readonly Dictionary<string, InputField> _film = [];

    /// <summary>The film's columns after <see cref="Map"/> returned null.</summary>
    public IReadOnlyDictionary<string, InputField> Film => _film;

    /// <summary>True if the last entry is not a film according to its file, and is left out.</summary>
    public bool IsLeftOut => LeftOutAs is not null;

    /// <summary>What the file calls the last entry, if it is left out; null otherwise.</summary>
    public string? LeftOutAs { get; private set; }

    /// <summary>The names of columns that are not used, in order of appearance.</summary>
    public IReadOnlyList<string> NotUsed => _columns.NotUsed;

    /// <summary>The error in the chosen columns, once all entries have been mapped; null if each has occurred, or if there were no entries.</summary>
    public string? ColumnFault => _columns.All.Any() && _columns.Missing.FirstOrDefault() is { } name
        ? $"There is no column '{name}'. The columns are: {TableHeader.Echo(_columns.All)}"
        : null;

    /// <summary>The number of entries that were left out, by kind.</summary>
    public IReadOnlyDictionary<string, long> LeftOut => _kinds.LeftOut;

    /// <summary>Maps a film.</summary>
    /// <returns>Why it cannot be mapped; null if it was, or if it is left out.</returns>
    public string? Map(InputRecord record)
    {
        LeftOutAs = null;
        return record.Fault ?? Arrange(record.Fields) ?? Complete();
    }

    /// <summary>Opens a CSV file; its header may have faults.</summary>
    public ValueTask<FilmTable> OpenTableAsync(LineReader lines, CancellationToken cancellationToken) =>
        FilmTable.OpenAsync(lines, options, _columns, cancellationToken);

    private string? Arrange(IReadOnlyList<InputField> fields)
    {
        _film.Clear();
        foreach (var field in fields)
        {
            if (_columns.ColumnOf(field.Name) is not { } column)
            {
                AddOther(field);
            }
            else if (column == FilmFields.Name.Name && field.Value.Object is { } film)
            {
                return ArrangeNested(fields, field.Name, film);
            }
            else if (!_film.TryAdd(column, field))
            {
                return TableHeader.Twice(_film[column].Name, field.Name);
            }
        }

        return null;
    }

    // Trakt writes {"type":"movie","movie":{"title":...}}: what is around the film, such as its id, belongs to the entry.
    private string? ArrangeNested(IReadOnlyList<InputField> fields, string name, System.Text.Json.JsonElement film)
    {
        var kind = fields.Where(field => _columns.ColumnOf(field.Name) == FilmColumns.Kind);
        fields.Where(field => field.Name != name && _columns.ColumnOf(field.Name) != FilmColumns.Kind).ToList().ForEach(field => _columns.AddNotUsed(field.Name));
        return Arrange([.. kind, .. film.EnumerateObject().Select(member => new InputField(member.Name, new InputValue(member.Value)))]);
    }

    // An object called "show" or "episode" in place of a film says what the entry is.
    private void AddOther(InputField field)
    {
        if (field.Value.Object is not null && field.Name is "show" or "episode" or "season" or "person")
        {
            _film.TryAdd(FilmColumns.Kind, new InputField(field.Name, InputValue.OfText(field.Name)));
        }
    }

    private string? Complete()
    {
        LeftOutAs = _film.Remove(FilmColumns.Kind, out var kind) && kind.Value.Text?.Trim() is { } text && _kinds.LeavesOut(text) ? text : null;
        if (IsLeftOut)
        {
            return null;
        }

        Tidy();
        return _film.Remove(FilmColumns.Date, out var date) && !date.Value.IsEmpty ? SplitDate(date) : SplitName();
    }

    // Values that have one meaning, however they are written.
    private void Tidy()
    {
        foreach (var (column, field) in _film)
        {
            var text = field.Value.Text;
            if (column is FilmColumns.Id)
            {
                _film[column] = field.Value.NumberText is { } number ? field with { Value = InputValue.OfText(WholeNumber(number)) } : field;
            }
            else if (column is FilmColumns.Date || column == FilmFields.Month.Name)
            {
                _film[column] = OrNull(field, text is not null && (Unknown.Contains(text.Trim()) || text.AsSpan().IsWhiteSpace()), text?.Trim());
            }
            else if (column == FilmFields.Year.Name)
            {
                _film[column] = OrNull(field, text?.Trim() is Null or "", text is null ? null : WholeYear().Replace(text.Trim(), "$1"));
            }
        }
    }

    // An id is a text, so a program that writes 502 as 502.0 or 5.02e2 would make another film of it.
    private static string WholeNumber(string json) =>
        json.AsSpan().ContainsAny(".eE") && decimal.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && decimal.IsInteger(number)
            ? decimal.Truncate(number).ToString(CultureInfo.InvariantCulture)
            : json;

    private static InputField OrNull(InputField field, bool isNull, string? text = null) =>
        isNull ? field with { Value = InputValue.Null }
        : text is not null && text != field.Value.Text ? field with { Value = InputValue.OfText(text) }
        : field;

    private string? SplitDate(InputField field)
    {
        if (ReleaseDate.Parse(field.Value.Text ?? "") is not { } date)
        {
            return $"'{field.Name}' is {field.Value}, which is not a supported date; write {ReleaseDate.Forms}.";
        }

        if (date.FirstDay > options.Latest)
        {
            return string.Create(CultureInfo.InvariantCulture, $"'{field.Name}' is {field.Value}, after {options.Latest:yyyy-MM-dd}: is the century wrong? If the date is right, set --latest.");
        }

        if (Contradicting(date) is { } other)
        {
            if (options.Prefer is PreferredDate.None)
            {
                return $"'{other.Name}' is {other.Value} and '{field.Name}' is {field.Value}: they contradict each other. {options.Hints.Prefer}";
            }

            if (options.Prefer is PreferredDate.Year)
            {
                return null;
            }
        }

        SetDate(field.Name, date);
        return null;
    }

    // A year or month next to a date must agree with it, or it is unclear which is right.
    private InputField? Contradicting(ReleaseDate date) =>
        FieldOf(FilmFields.Year.Name) is { } year && year.Value.ToString() != date.Year.ToString(CultureInfo.InvariantCulture) ? year
        : FieldOf(FilmFields.Month.Name) is { } month && Months.Parse(month.Value.ToString()) != date.Month ? month
        : default(InputField?);

    private void SetDate(string name, ReleaseDate date)
    {
        _film[FilmFields.Year.Name] = new InputField(name, InputValue.OfNumber(date.Year));
        _film[FilmFields.Month.Name] = new InputField(name, InputValue.OfText(date.Month?.ToName()));
    }

    // MovieLens writes "Toy Story (1995)".
    private string? SplitName()
    {
        if (!_film.ContainsKey(FilmFields.Year.Name) && FieldOf(FilmFields.Name.Name) is { Value.Text: { } text } field && YearAtEnd().Match(text) is { Success: true } match)
        {
            _film[FilmFields.Name.Name] = field with { Value = InputValue.OfText(match.Groups[1].Value) };
            _film[FilmFields.Year.Name] = field with { Value = InputValue.OfNumber(int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture)) };
        }

        return null;
    }

    private InputField? FieldOf(string column) => _film.TryGetValue(column, out var field) && !field.Value.IsEmpty ? field : null;

    // A spreadsheet or pandas writes 2018.0 if other rows have no year.
    [GeneratedRegex(@"^([0-9]+)\.0+$")]
    private static partial Regex WholeYear();

    [GeneratedRegex(@"^(.*\S)\s*\(([12][0-9]{3})\)\s*$", RegexOptions.Singleline)]
    private static partial Regex YearAtEnd();
}
