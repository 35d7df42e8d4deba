using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Checking;

/// <summary>What is wrong with a file, in sentences.</summary>
internal sealed class FoundProblems
{
    /// <summary>In tables that can be built again from the changes.</summary>
    public List<string> Derived { get; } = [];

    /// <summary>In everything else.</summary>
    public List<string> Other { get; } = [];

    public void Add(bool isDerived, string problem) => (isDerived ? Derived : Other).Add(problem);

    /// <summary>Adds what one check finds; whether it can be done does not depend on another.</summary>
    public static void Check(List<string> problems, string what, Func<IEnumerable<string>> check)
    {
        try
        {
            problems.AddRange(check());
        }
        catch (SqliteException exception)
        {
            problems.Add($"{what} cannot be read: {exception.Message}");
        }
    }
}
