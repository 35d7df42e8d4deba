using System.Reflection;

namespace FilmService.Api.Docs;

/// <summary>
/// The exchanges in the files <c>*.examples.http</c> next to the controllers. A block begins with <c>###</c> and its title and
/// contains a request and, from <c>HTTP/1.1</c> on, its response; a block without a response prepares the next one. <c>#
/// setting</c> and <c># sql</c> lines change the settings and the running service's database, <c># stored</c> the database before
/// the service starts, and <c># times</c> repeats a preparing request.
/// </summary>
public static class HttpExamples
{
    private const string SharedFile = "Everywhere.examples.http";

    private static readonly Assembly Assembly = typeof(HttpExamples).Assembly;
    private static readonly ILookup<bool, HttpExample> Read = Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".examples.http", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .SelectMany(file => ReadFile(file).Select(example => (IsShared: file.EndsWith(SharedFile, StringComparison.Ordinal), example)))
        .ToLookup(pair => pair.IsShared, pair => pair.example);

    /// <summary>Examples that belong to one operation.</summary>
    public static IEnumerable<HttpExample> OfOperations => Read[false];

    /// <summary>Examples of responses that any URL can give.</summary>
    public static IEnumerable<HttpExample> Shared => Read[true];

    private static IEnumerable<HttpExample> ReadFile(string resource)
    {
        using var reader = new StreamReader(Assembly.GetManifestResourceStream(resource)!);
        var before = new List<ExampleCall>();
        foreach (var block in reader.ReadToEnd().ReplaceLineEndings("\n").Split("### ", StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = block.Split("\nHTTP/1.1 ", 2);
            var lines = parts[0].Split('\n');
            var directives = lines.Skip(1).TakeWhile(line => line.StartsWith("# ", StringComparison.Ordinal)).ToList();
            var request = ToRequest(lines[(directives.Count + 1)..]);
            if (parts.Length == 1)
            {
                before.AddRange(Enumerable.Repeat(request, Times(directives)));
                continue;
            }

            yield return new HttpExample(
                lines[0].Trim(), Directives(directives, "# setting "), Directives(directives, "# stored "), Directives(directives, "# sql ").FirstOrDefault(),
                [.. before], request, ToAnswer(parts[1].Split('\n')));
            before.Clear();
        }
    }

    private static List<string> Directives(List<string> lines, string name) =>
        [.. lines.Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line[name.Length..])];

    private static int Times(List<string> directives) =>
        Directives(directives, "# times ") is [var times] ? int.Parse(times, System.Globalization.CultureInfo.InvariantCulture) : 1;

    private static ExampleCall ToRequest(string[] lines)
    {
        var start = lines[0].Split(' ', 2);
        return new ExampleCall(start[0], start[1], Fields(lines), Body(lines));
    }

    private static ExampleAnswer ToAnswer(string[] lines) =>
        new(int.Parse(lines[0].AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture), Fields(lines), Body(lines));

    private static Dictionary<string, string> Fields(string[] lines) => lines.Skip(1).TakeWhile(line => line.Length > 0)
        .Select(line => line.Split(": ", 2)).ToDictionary(field => field[0], field => field[1], StringComparer.OrdinalIgnoreCase);

    private static string Body(string[] lines) => string.Join('\n', lines.SkipWhile(line => line.Length > 0)).Trim('\n');
}
