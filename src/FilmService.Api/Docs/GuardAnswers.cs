using FilmService.Api.Http.Binding;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>The responses that the pipeline gives before or instead of an action, according to the endpoint's metadata.</summary>
internal static class GuardAnswers
{
    private const string ProblemType = "application/problem+json";

    /// <summary>Their status codes.</summary>
    public static IEnumerable<int> Of(IEnumerable<object> metadata)
    {
        // Credentials are checked everywhere, even on routes that need none.
        int[] always = [400, 401, 403, 406, 414, 429, 500, 503];
        int[] body = metadata.OfType<BodyAttribute>().Any() ? [413, 415] : [];
        return [.. always, .. body];
    }

    /// <summary>The name of a status code's shared response in the document, such as <c>BadRequest</c>.</summary>
    public static string Name(int status) => ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    /// <summary>The shared responses, with their examples.</summary>
    public static IEnumerable<(string Name, OpenApiResponse Response)> Shared(OpenApiDocument document) =>
        HttpExamples.Shared.GroupBy(example => example.Answer.Status).Select(group => (Name(group.Key), ToResponse(group, document)));

    /// <summary>
    /// An operation's response with a status code: the shared one, or its own if the operation has examples of it.
    /// </summary>
    public static IOpenApiResponse OfOperation(int status, IEnumerable<HttpExample> examples, OpenApiDocument document) =>
        examples.Where(example => example.Answer.Status == status).ToList() is { Count: > 0 } own
            ? ToResponse(own.Concat(HttpExamples.Shared.Where(example => example.Answer.Status == status)), document)
            : HttpExamples.Shared.Any(example => example.Answer.Status == status) ? new OpenApiResponseReference(Name(status), document)
            : throw new InvalidOperationException($"Add an example of status {status} to Everywhere.examples.http.");

    /// <summary>
    /// Adds the problem to an operation's own response with the same status code; returns the problem's examples.
    /// </summary>
    public static IEnumerable<HttpExample> AddTo(OpenApiResponse response, string status, OpenApiDocument document)
    {
        response.Content ??= new Dictionary<string, OpenApiMediaType>();
        response.Content.TryAdd(ProblemType, new OpenApiMediaType { Schema = new OpenApiSchemaReference(SchemaTransformer.Problem, document) });
        return HttpExamples.Shared.Where(example => $"{example.Answer.Status}" == status);
    }

    private static OpenApiResponse ToResponse(IEnumerable<HttpExample> shown, OpenApiDocument document)
    {
        var examples = shown.ToList();
        var response = new OpenApiResponse { Description = string.Join(" ", examples.Select(example => example.Title + ".").Distinct()) };
        if (examples[0].Answer.MediaType is { } type)
        {
            response.Content = new Dictionary<string, OpenApiMediaType> { [type] = new() { Schema = new OpenApiSchemaReference(SchemaTransformer.Problem, document) } };
        }

        // Shows programs its status: an unknown URL has no operation that would.
        response.AddExtension("x-status", new JsonNodeExtension(examples[0].Answer.Status));
        OperationExamples.AddTo(response, examples);
        return response;
    }
}
