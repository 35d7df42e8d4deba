using System.CommandLine;
using System.Globalization;
using System.Text;
using FilmService.Api.Import;
using FilmService.Api.Import.Mapping;
using FilmService.Api.Import.Reading;

namespace FilmService.Api.Commands;

/// <summary>The options that say how a file is read; what is not given is found by looking.</summary>
internal sealed class MappingArguments
{
    private readonly Option<string?> _delimiter = new("--delimiter") { Description = "Character between the values of a CSV file, such as ; or tab", HelpName = "character" };
    private readonly Option<string?> _encoding = new("--encoding") { Description = "Encoding of the text, such as windows-1252 [default: UTF-8 or UTF-16]", HelpName = "name" };
    private readonly Option<string[]> _ignore = new("--ignore-column") { Description = "A column not to use; can be repeated", HelpName = "column" };
    private readonly Option<string?> _only = new("--only") { Description = "The types of entries to import, such as movie,short [default: all but episodes, series, games and the like]", HelpName = "types" };
    private readonly Option<string?> _prefer = new("--prefer") { Description = "Which to believe if a year and a release date differ: year or date [default: report an error]" };
    private readonly Option<string?> _latest = new("--latest") { Description = "Latest release date to accept, such as 2011-12-31 [default: today]", HelpName = "date" };

    private readonly List<(string Column, Option<string?> Option)> _columns =
        [.. FilmColumns.Arguments.Select(argument => (argument.Value, new Option<string?>($"--{argument.Key}-column") { Description = $"The column with the {argument.Key}", HelpName = "column" }))];

    public void AddTo(Command command)
    {
        _prefer.AcceptOnlyFromAmong("year", "date");
        foreach (var option in (IEnumerable<Option>)[_delimiter, _encoding, .. _columns.Select(column => column.Option), _ignore, _only, _prefer, _latest])
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="CommandException">An option has an invalid value.</exception>
    public MappingOptions Read(ParseResult arguments) => new()
    {
        Delimiter = Parse(arguments, _delimiter, TableParameters.DelimiterRule, CsvDialect.FindDelimiter),
        Columns = ReadChoice(arguments),
        Only = arguments.GetValue(_only)?.Split(','),
        Prefer = arguments.GetValue(_prefer) is { } prefer ? Enum.Parse<PreferredDate>(prefer, ignoreCase: true) : PreferredDate.None,
        Latest = Latest(arguments),
    };

    /// <exception cref="CommandException">There is no such encoding.</exception>
    public Encoding? ReadEncoding(ParseResult arguments) => Parse<Encoding?>(arguments, _encoding, TableParameters.EncodingRule, TextSource.FindEncoding);

    private ColumnChoice ReadChoice(ParseResult arguments)
    {
        var choice = new ColumnChoice(ReadColumns(arguments), arguments.GetValue(_ignore) ?? []);
        return choice.Contradiction is not { } name ? choice
            : throw new CommandException($"{_ignore.Name} names the column {name}, which another option chooses.", ExitCode.Usage);
    }

    private Dictionary<string, string> ReadColumns(ParseResult arguments)
    {
        var chosen = _columns.Select(column => (column.Column, column.Option.Name, Value: arguments.GetValue(column.Option))).Where(column => column.Value is not null).ToList();
        return chosen.GroupBy(column => FilmColumns.Fold(column.Value!)).FirstOrDefault(same => same.Count() > 1)?.ToList() is [var first, var second, ..]
            ? throw new CommandException($"{first.Name} and {second.Name} name the same column, {first.Value}. A column can have one meaning.", ExitCode.Usage)
            : chosen.ToDictionary(column => column.Column, column => column.Value!);
    }

    private static T? Parse<T>(ParseResult arguments, Option<string?> option, string rule, Func<string, T?> parse)
    {
        var text = arguments.GetValue(option);
        var value = text is null ? default : parse(text);
        return value is not null || text is null ? value : throw new CommandException($"{option.Name} must be {rule}, not {text}.", ExitCode.Usage);
    }

    private DateOnly Latest(ParseResult arguments)
    {
        var said = arguments.GetValue(_latest);
        return said is null ? DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().Date)
            : DateOnly.TryParseExact(said, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
            : throw new CommandException($"--latest must be a date such as 2011-12-31, not {said}.", ExitCode.Usage);
    }
}
