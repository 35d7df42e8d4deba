using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;

namespace FilmService.Api.Search;

/// <summary>Reads parameters one by one and collects the errors.</summary>
internal sealed class SearchParameters(ArgumentSet arguments)
{
    /// <summary>Maximum number of values in a list.</summary>
    public const int MaxValues = 100;

    /// <summary>A parameter's value; null if it is missing or invalid.</summary>
    /// <param name="rule">What it must be, for the message.</param>
    /// <param name="parse">Parses it; returns null if it is invalid.</param>
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

    /// <summary>The distinct values of a list; null if it is missing or invalid.</summary>
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

    /// <summary>A value normalised like names; null if it is missing or invalid.</summary>
    public string? ReadNormalized(string name) => Read(name, NameRule, Normalized);

    /// <summary>The rule for names, for messages.</summary>
    public static readonly string NameRule = $"text of 1 to {FilmDetails.NameMaxLength} characters without control characters";

    /// <summary>The normalised text; null if it cannot be a name.</summary>
    public static string? Normalized(string text) => FilmDetails.IsName(text) ? NormalizedName.Of(text.Trim()) : null;

    /// <summary>A true-or-false parameter; false if it is missing.</summary>
    public bool Flag(string name) => Read(name, "true or false", text => text is "true" or "false" ? text : null) == "true";

    public bool Has(string name) => arguments[name].Kind is not ArgumentKind.Missing;

    public void AddFault(string name, string message) => arguments.AddFault(name, message);
}
