using System.Text;

namespace FilmService.Api.Http.Binding;

/// <summary>
/// The arguments of a request, from its query string and its body together. Names are case-insensitive; unknown and duplicate
/// names are errors.
/// </summary>
public sealed class ArgumentSet(IReadOnlyList<string> known)
{
    /// <summary>More than any request can need: no request has this many names.</summary>
    public const int MaxCount = 1_000;

    private const int MaxFaults = 20;
    private const int MaxEchoedName = 64;

    private readonly Dictionary<string, ArgumentValue> _values = [];
    private readonly Dictionary<string, string[]> _faults = [];
    private int _count;

    /// <summary>True if no more arguments are accepted, so that what comes after them need not be read.</summary>
    public bool IsFull => _count >= MaxCount;

    /// <summary>Errors in the names, by lower-case name; at most 20.</summary>
    public IReadOnlyDictionary<string, string[]> Faults => _faults;

    /// <summary>True if an unknown argument is an object or a list.</summary>
    public bool HasUnknownStructure { get; private set; }

    /// <summary>True if the errors will only be counted: unknown names then have no message.</summary>
    public bool CountsOnly { get; set; }

    public ArgumentValue this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Clears the set, for the arguments of the next request or line.</summary>
    public void Clear()
    {
        _values.Clear();
        _faults.Clear();
        (_count, HasUnknownStructure) = (0, false);
    }

    /// <summary>Adds an argument as it was sent.</summary>
    public void Add(string name, ArgumentValue value)
    {
        _count++;
        if (known.FirstOrDefault(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } own)
        {
            AddUnknown(Echo(name));
            HasUnknownStructure |= value.Kind is ArgumentKind.Other or ArgumentKind.List;
        }
        else if (!_values.TryAdd(own, value))
        {
            AddFault(own, $"'{own}' was given more than once.");
        }
    }

    /// <summary>Adds an error in a value that the set itself cannot detect.</summary>
    public void AddFault(string name, string message)
    {
        if (_faults.Count < MaxFaults)
        {
            _faults.TryAdd(name, [message]);
        }
    }

    /// <summary>A client's own text as messages repeat it: only in part, and without control characters.</summary>
    public static string Echo(string name)
    {
        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes().Take(MaxEchoedName))
        {
            text.Append(Rune.IsControl(rune) ? "\uFFFD" : rune.ToString());
        }

        return text.Append(name.EnumerateRunes().Skip(MaxEchoedName).Any() ? "..." : "").ToString();
    }

    // Finding the nearest name costs more than everything else about an unknown one, so only for those that are reported.
    private void AddUnknown(string name)
    {
        var key = name.ToLowerInvariant();
        if (_faults.Count < MaxFaults && !_faults.ContainsKey(key))
        {
            AddFault(key, CountsOnly ? "" : Suggestion.Unknown(name, known));
        }
    }
}
