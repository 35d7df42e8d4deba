namespace FilmService.Api.Docs;

/// <summary>A request as it goes over the wire.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">The path with its query string.</param>
/// <param name="Fields">The header fields.</param>
/// <param name="Body">The body; empty for none.</param>
public sealed record ExampleCall(string Method, string Target, IReadOnlyDictionary<string, string> Fields, string Body)
{
    /// <summary>The path alone.</summary>
    public string Path => Target.Split('?')[0];

    /// <summary>The body's media type; null when there is no body.</summary>
    public string? MediaType => Fields.GetValueOrDefault("Content-Type")?.Split(';')[0];
}

/// <summary>An answer as it goes over the wire.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Fields">The header fields, without those that every answer has.</param>
/// <param name="Body">The body; empty for none, or for one that is not shown.</param>
public sealed record ExampleAnswer(int Status, IReadOnlyDictionary<string, string> Fields, string Body)
{
    /// <summary>The body's media type; null when there is no body.</summary>
    public string? MediaType => Fields.GetValueOrDefault("Content-Type")?.Split(';')[0];
}

/// <summary>
/// One exchange with a new service, as the document shows it and the tests send it. The database's epoch is written
/// <c>k3f9</c>.
/// </summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Settings">Settings that differ from those of a plain start, such as <c>Films:RequireIfMatch=true</c>.</param>
/// <param name="Stored">SQL that is done to the database before the service starts.</param>
/// <param name="Sql">What is done to the database behind the service's back; null for nothing.</param>
/// <param name="Before">Requests that are sent first.</param>
/// <param name="Request">The request.</param>
/// <param name="Answer">Its answer.</param>
public sealed record HttpExample(
    string Title,
    IReadOnlyList<string> Settings,
    IReadOnlyList<string> Stored,
    string? Sql,
    IReadOnlyList<ExampleCall> Before,
    ExampleCall Request,
    ExampleAnswer Answer)
{
    /// <summary>The title as a key of the document.</summary>
    public string Key => string.Concat(Title.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));

    /// <summary>True when the request goes to a route such as <c>films/{id}</c>; HEAD is another method than GET.</summary>
    public bool IsOf(string method, string route)
    {
        var (segments, pattern) = (Request.Path.Trim('/').Split('/'), route.Trim('/').Split('/'));
        return Request.Method == method && segments.Length == pattern.Length
            && segments.Zip(pattern).All(pair => pair.Second.StartsWith('{') || pair.First == pair.Second);
    }
}
