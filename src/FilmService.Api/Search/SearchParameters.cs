using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;

namespace FilmService.Api.Search;

/// <summary>Reads parameters one by one, and collects what is wrong with them.</summary>
internal sealed class SearchParameters(ArgumentSet arguments)
{
    /// <summary>The most values of a list.</summary>
    public const int MaxValues = 100;

    /// <summary>A parameter's value; null when it is missing or wrong.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="rule">What it must be, in words.</param>
    /// <param name="parse">Reads it; null when it is wrong.</param>
    public T? Read<T>(string name, string rule, Func<string, T?> parse)
        where T : class
    {
        if (arguments[name].Kind is ArgumentKind.Missing)
        {
            return null;
        }

        var value = arguments[name].Kind is ArgumentKind.Text ? parse(arguments[name].Text) : null;
        if (value is null)
        {
            arguments.AddFault(name, $"'{name}' must be {rule}.");
        }

        return value;
    }

    /// <summary>The values of a list, each once; null when it is missing or wrong.</summary>
    public IReadOnlyList<T>? ReadList<T>(string name, string rule, Func<string, T?> parse)
        where T : class
    {
        var values = Read(name, rule, text => ValueList.Split(text) is { } parts && parts.ConvertAll(part => parse(part)) is var read && read.TrueForAll(value => value is not null)
            ? read.ConvertAll(value => value!)
            : null);
        if (values?.Count > MaxValues)
        {
            arguments.AddFault(name, $"'{name}' takes at most {MaxValues} values; these are {values.Count}.");
        }

        return values;
    }

    /// <summary>A value that is folded as names are; null when it is missing or wrong.</summary>
    public string? ReadFolded(string name) => Read(name, NameRule, Folded);

    /// <summary>What a name is, in words.</summary>
    public static readonly string NameRule = $"text of 1 to {FilmDetails.NameMaxLength} characters without control characters";

    /// <summary>The folded text; null when no name can be it.</summary>
    public static string? Folded(string text) => FilmDetails.IsName(text) ? NormalizedName.Of(text.Trim()) : null;

    /// <summary>A parameter that is true or false; false when it is missing.</summary>
    public bool Flag(string name) => Read(name, "true or false", text => text is "true" or "false" ? text : null) == "true";

    /// <summary>True when the parameter was sent.</summary>
    public bool Has(string name) => arguments[name].Kind is not ArgumentKind.Missing;

    /// <summary>Adds what is wrong with a parameter.</summary>
    public void AddFault(string name, string message) => arguments.AddFault(name, message);
}
