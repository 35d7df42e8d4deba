namespace FilmService.Api.Docs;

/// <summary>A request as sent. The target is the path with its query string; the body is empty if there is none.</summary>
public sealed record ExampleCall(string Method, string Target, IReadOnlyDictionary<string, string> Fields, string Body)
{
    public string Path => Target.Split('?')[0];

    /// <summary>The body's media type; null if there is no body.</summary>
    public string? MediaType => Fields.GetValueOrDefault("Content-Type")?.Split(';')[0];
}

/// <summary>
/// A response as sent, without the header fields that every response has. The body is empty if there is none, or if it is not
/// shown.
/// </summary>
public sealed record ExampleAnswer(int Status, IReadOnlyDictionary<string, string> Fields, string Body)
{
    /// <summary>The body's media type; null if there is no body.</summary>
    public string? MediaType => Fields.GetValueOrDefault("Content-Type")?.Split(';')[0];
}

/// <summary>
/// One exchange with a new service, as the document shows it and the tests send it. The database's epoch is written <c>k3f9</c>.
/// </summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Settings">Settings that differ from the defaults, such as <c>Films:RequireIfMatch=true</c>.</param>
/// <param name="Stored">SQL to run on the database before the service starts.</param>
/// <param name="Sql">SQL to run on the database while the service is running; null for none.</param>
/// <param name="Before">Requests to send first.</param>
public sealed record HttpExample(
    string Title,
    IReadOnlyList<string> Settings,
    IReadOnlyList<string> Stored,
    string? Sql,
    IReadOnlyList<ExampleCall> Before,
    ExampleCall Request,
    ExampleAnswer Answer)
{
    /// <summary>The title as a key in the document.</summary>
    public string Key => string.Concat(Title.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));

    /// <summary>True if the request goes to a route such as <c>films/{id}</c>; HEAD and GET are different methods.</summary>
    public bool IsOf(string method, string route)
    {
        var (segments, pattern) = (Request.Path.Trim('/').Split('/'), route.Trim('/').Split('/'));
        return Request.Method == method && segments.Length == pattern.Length
            && segments.Zip(pattern).All(pair => pair.Second.StartsWith('{') || pair.First == pair.Second);
    }
}
