using System.Text;

namespace FilmService.Api.Http.Binding;

/// <summary>
/// The arguments of a request, from its query string and its body together. Names are read in any letter case;
/// none is ignored, and none may be given twice.
/// </summary>
public sealed class ArgumentSet(IReadOnlyList<string> known)
{
    private const int MaxFaults = 20;
    private const int MaxEchoedName = 64;

    private readonly Dictionary<string, ArgumentValue> _values = [];
    private readonly Dictionary<string, string[]> _faults = [];

    /// <summary>What is wrong with the names, by lower-case name; the first 20.</summary>
    public IReadOnlyDictionary<string, string[]> Faults => _faults;

    /// <summary>The value of a known argument.</summary>
    public ArgumentValue this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Forgets everything, for another request's or line's arguments.</summary>
    public void Clear()
    {
        _values.Clear();
        _faults.Clear();
    }

    /// <summary>Adds one argument as it was sent.</summary>
    public void Add(string name, ArgumentValue value)
    {
        if (known.FirstOrDefault(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } own)
        {
            AddFault(Echo(name.ToLowerInvariant()), Suggestion.Unknown(Echo(name), known));
        }
        else if (!_values.TryAdd(own, value))
        {
            AddFault(own, $"'{own}' was given more than once.");
        }
    }

    /// <summary>Adds a fault of a value that the set itself cannot see.</summary>
    public void AddFault(string name, string message)
    {
        if (_faults.Count < MaxFaults)
        {
            _faults.TryAdd(name, [message]);
        }
    }

    // A client's own text goes back only in part, and only where it can be written as text.
    private static string Echo(string name)
    {
        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes().Take(MaxEchoedName))
        {
            text.Append(Rune.IsControl(rune) ? "\uFFFD" : rune.ToString());
        }

        return text.Append(name.EnumerateRunes().Skip(MaxEchoedName).Any() ? "..." : "").ToString();
    }
}
