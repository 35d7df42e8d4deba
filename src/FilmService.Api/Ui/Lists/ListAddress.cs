namespace FilmService.Api.Ui.Lists;

/// <summary>The parameters of a list in its address: every state of the list has an address.</summary>
public sealed record ListAddress(IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <summary>Parameters that say where the list begins, and not what is in it.</summary>
    private static readonly string[] OfPage = ["cursor", "limit"];

    /// <summary>The value of a parameter; null if it is not given.</summary>
    public string? this[string name] => Parameters.FirstOrDefault(parameter => Is(parameter, name)).Value;

    /// <summary>The parameters that say what is in the list.</summary>
    public IEnumerable<KeyValuePair<string, string>> Conditions => Parameters.Where(parameter => !OfPage.Append("sort").Any(name => Is(parameter, name)));

    /// <summary>The list with these parameters in place of others of the same name, from its first page on.</summary>
    public ListAddress With(params IEnumerable<KeyValuePair<string, string>> changes)
    {
        var names = changes.Select(change => change.Key).Append("cursor").ToArray();
        return new([.. Without(names).Parameters, .. changes]);
    }

    /// <inheritdoc cref="With(IEnumerable{KeyValuePair{string, string}})"/>
    public ListAddress With(string name, string value) => With([KeyValuePair.Create(name, value)]);

    /// <summary>The list without some parameters.</summary>
    public ListAddress Without(params string[] names) => new([.. Parameters.Where(parameter => !names.Any(name => Is(parameter, name)))]);

    /// <summary>The address of the page.</summary>
    public string ToPage(string path = UiAddress.Films) => path + Query(Parameters);

    /// <summary>The address of all films of the list as a file.</summary>
    public string ToFile(string format) => "/films" + Query(Without(OfPage).Parameters.Append(KeyValuePair.Create("format", format)));

    private static bool Is(KeyValuePair<string, string> parameter, string name) => parameter.Key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Query(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}")) is { Length: > 0 } query ? "?" + query : "";
}
