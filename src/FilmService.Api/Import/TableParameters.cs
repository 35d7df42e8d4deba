using System.Text;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Import.Mapping;
using FilmService.Api.Import.Reading;
using FilmService.Api.Search;
using FilmService.Domain.Films;

namespace FilmService.Api.Import;

/// <summary>The parameters that describe a CSV file; what is not given is found by looking.</summary>
internal sealed record TableParameters(char? GivenDelimiter, Encoding? Encoding, ColumnChoice Choice)
{
    /// <summary>The character between the values.</summary>
    public const string Delimiter = "delimiter";

    /// <summary>The encoding of the text.</summary>
    public const string EncodingName = "encoding";

    /// <summary>The file's name for each column of a film.</summary>
    public const string Columns = "columns";

    /// <summary>The columns that are not used.</summary>
    public const string Ignore = "ignore";

    public const string DelimiterRule = "a single character that is no letter, digit, space or quotation mark, such as , or ; or |, or the word tab";
    public const string EncodingRule = "the name of an encoding, such as utf-8, utf-16 or windows-1252";

    public static readonly IReadOnlyList<string> All = [Delimiter, EncodingName, Columns, Ignore];

    private static readonly string ColumnsRule = $"a list such as name:Title,year:Release Year; the part before the colon is one of {string.Join(", ", FilmColumns.Arguments.Keys)}";

    private static readonly MappingHints Hints = new(
        $"Leave one of the columns out with '{Ignore}'.",
        $"Say what it is with '{EncodingName}', as in {EncodingName}=windows-1252.",
        column => $"Say which one it is with '{Columns}', as in {Columns}={column}:X, and see '{Delimiter}' if the columns are not separated.");

    /// <exception cref="ProblemException">400: a parameter has an invalid value, or the import is not CSV.</exception>
    public static TableParameters Read(HttpContext context, string mediaType)
    {
        if (mediaType is not FilmListFormat.TableType && All.FirstOrDefault(name => context.Query(name).Kind is not ArgumentKind.Missing) is { } given)
        {
            throw new ProblemException(Problem.OfParameter(given, $"'{given}' applies only to imports of {FilmListFormat.TableType}."));
        }

        return new TableParameters(
            Read(context, Delimiter, DelimiterRule, CsvDialect.FindDelimiter),
            Read<Encoding?>(context, EncodingName, EncodingRule, TextSource.FindEncoding),
            ReadChoice(context));
    }

    /// <summary>Receives how the file was read.</summary>
    public TableSample Sample { get; } = new();

    public MappingOptions ToOptions(IReadOnlyList<FilmField> required) => new()
    {
        Sample = Sample,
        Delimiter = GivenDelimiter,
        Columns = Choice,
        Required = required,
        Hints = Hints,
    };

    private static ColumnChoice ReadChoice(HttpContext context)
    {
        var choice = new ColumnChoice(Read<Dictionary<string, string>?>(context, Columns, ColumnsRule, ReadColumns) ?? [], Read<List<string>?>(context, Ignore, "a list of columns, such as Director,Rating", ValueList.Split) ?? []);
        return choice.Contradiction is not { } name ? choice
            : throw new ProblemException(Problem.OfParameter(Ignore, $"'{Ignore}' names the column '{name}', which '{Columns}' chooses."));
    }

    private static T? Read<T>(HttpContext context, string name, string rule, Func<string, T?> parse)
    {
        var value = context.Query(name);
        var parsed = value.Kind is ArgumentKind.Missing ? default : parse(value.Text);
        return parsed is not null || value.Kind is ArgumentKind.Missing ? parsed : throw new ProblemException(Problem.OfParameter(name, $"'{name}' must be {rule}."));
    }

    private static Dictionary<string, string>? ReadColumns(string text)
    {
        var pairs = ValueList.Split(text)?.Select(pair => pair.Split(':', 2)).ToList();
        var isValid = pairs is not null && pairs.All(pair => pair is [var column, { Length: > 0 }] && FilmColumns.Arguments.ContainsKey(column))
            && pairs.DistinctBy(pair => pair[0].ToLowerInvariant()).Count() == pairs.Count && pairs.DistinctBy(pair => FilmColumns.Fold(pair[1])).Count() == pairs.Count;
        return isValid ? pairs!.ToDictionary(pair => FilmColumns.Arguments[pair[0]], pair => pair[1]) : null;
    }
}
