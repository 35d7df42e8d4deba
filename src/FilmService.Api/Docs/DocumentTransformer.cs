using System.ComponentModel;
using System.Reflection;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.OAuth;
using FilmService.Api.Search;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>Describes the document as a whole.</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    /// <summary>The name of the scheme for user name and password.</summary>
    public const string Basic = "basic";

    /// <summary>The authentication schemes, by name.</summary>
    public static readonly IReadOnlyDictionary<string, OpenApiSecurityScheme> CallerAuthentication = new Dictionary<string, OpenApiSecurityScheme>
    {
        [Basic] = new() { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "A user's name and password in UTF-8 (RFC 7617)." },
        ["apiKey"] = new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = Credential.ApiKeyField, Description = "An API key." },
        ["bearer"] = new()
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "An OAuth 2.0 access token (RFC 6750, RFC 9068), from `/oauth/token` or the external issuer; or an API key.",
        },
        ["session"] = new()
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = "__Host-films",
            Description = "A session, from `POST /session`. On loopback over plain HTTP the cookie is named `films-` and the port. Writes also need `Sec-Fetch-Site: same-origin` or the service's own `Origin`.",
        },
    };

    private const string Introduction = """
        A film catalogue, described by [/openapi.json](/openapi.json). It answers the calls of the small program it grew out of as that program did, and adds revisions, optimistic concurrency and problem details that explain errors.

        **Everywhere**

        - Every change gets the next revision, such as `k3f9-1042`: a film's ETag is the revision of its last change.
        - A parameter or argument that is unknown or given twice is rejected with a 400 that names it. Only query parameters that begin with `_` are ignored.
        - Every error is `application/problem+json` (RFC 9457). Its `type` is the URL of a page that explains it.
        - HEAD works wherever GET does, with the same headers. OPTIONS is answered with 204 and `Allow`, plus `Accept-Post` and `Accept-Patch` if POST and PATCH are supported; an unsupported method with 405 and `Allow`; an unknown URL with 404.
        - Links and `Location` are relative references.
        - Over HTTPS, every response has `Strict-Transport-Security` (RFC 6797).
        - If CORS origins are configured (`Cors:Origins`), every response has `Vary: Origin`. A page from such an origin also gets `Access-Control-Allow-Origin` and `Access-Control-Expose-Headers`, and its preflight request is answered with 204 (WHATWG Fetch).
        - If rate limiting is on (`RateLimits:Enabled`), responses within the limit have `RateLimit-Policy: "minute";q=600;w=60` and `RateLimit: "minute";r=599` (draft-ietf-httpapi-ratelimit-headers); requests beyond it are answered with 429 and `Retry-After`. Health checks are not limited.
        - Every response has `X-Content-Type-Options`, `Content-Security-Policy` and `Referrer-Policy`.
        - A session cookie that no longer holds counts as none; the response deletes it (`Set-Cookie` with `Max-Age=0`) and has `Cache-Control: no-store`.
        - Every response has a `Trace-Id`, under which the request is in the service's log; in a problem it is also the member `traceId`. A request with `traceparent` (W3C Trace Context) keeps its trace id.
        """;

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "FilmService",
            Version = typeof(DocumentTransformer).Assembly.GetName().Version!.ToString(3),
            Description = Introduction,
            Contact = new OpenApiContact { Name = "FilmService" },
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };

        // Absolute, as generated clients need it, but never the name that a request gives.
        document.Servers = [new OpenApiServer { Url = context.ApplicationServices.GetRequiredService<IssuerName>().Value, Description = "This service." }];
        document.Tags = new HashSet<OpenApiTag>(Tags(context));
        await AddComponentsAsync(document, context, cancellationToken);
        DescribeFilms(document);
        ReferToChange(document);
        // HEAD is GET without the body (RFC 9110 §9.3.2), and would appear in generated clients as a second operation.
        foreach (var path in document.Paths.Values)
        {
            path.Operations!.Remove(HttpMethod.Head);
        }

        NamedChoices.AddTo(document);
        RemoveUnusedSchemas(document);
    }

    private static async Task AddComponentsAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.AddComponent(SchemaTransformer.Problem, await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancellationToken));
        foreach (var (name, scheme) in CallerAuthentication)
        {
            document.AddComponent(name, scheme);
        }

        foreach (var (name, response) in GuardAnswers.Shared(document))
        {
            document.AddComponent(name, response);
        }
    }

    // The generator writes a transformer's own references inline, so it is made here, once all schemas exist.
    private static void ReferToChange(OpenApiDocument document)
    {
        var items = (OpenApiSchema)document.Components!.Schemas![SchemaTransformer.Changes].Properties!["items"];
        items.Items = new OpenApiSchemaReference(SchemaTransformer.Change, document);
    }

    // The generator also describes internal types, such as parameters with their own readers.
    private static void RemoveUnusedSchemas(OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        for (var before = 0; before != schemas.Count;)
        {
            before = schemas.Count;
            var references = new SchemaReferences();
            new OpenApiWalker(references).Walk(document);
            foreach (var name in schemas.Keys.Except(references.Names).ToList())
            {
                schemas.Remove(name);
            }
        }
    }

    // The response is streamed, so there is no type for it. One object for both shapes: generated clients cannot read a choice.
    private static void DescribeFilms(OpenApiDocument document)
    {
        document.AddComponent(SchemaTransformer.FoundFilm, FilmSchemas.FoundFilm());
        var film = new OpenApiSchemaReference(SchemaTransformer.FoundFilm, document);
        document.AddComponent(SchemaTransformer.FilmList, new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "Films. With `shape=list`: `items`, in order, and `next`. Otherwise: a film under each id.",
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["items"] = new OpenApiSchema { Type = JsonSchemaType.Array, Description = "With `shape=list`: the films.", Items = film },
                ["next"] = Schemas.Text("With `shape=list`: the URL of the next page; missing on the last page and without pagination."),
                ["facets"] = FacetSchemas.All(),
            },
            AdditionalProperties = film,
        });
        document.Paths["/films"].Operations![HttpMethod.Get].Responses!["200"].Content![FilmListFormat.JsonType].Schema = new OpenApiSchemaReference(SchemaTransformer.FilmList, document);
    }

    private static IEnumerable<OpenApiTag> Tags(OpenApiDocumentTransformerContext context) => context.DescriptionGroups
        .SelectMany(group => group.Items).Select(item => item.ActionDescriptor).OfType<ControllerActionDescriptor>()
        .Select(action => (Name: TagOf(action), Controller: action.ControllerTypeInfo.GetCustomAttribute<DescriptionAttribute>()))
        .Where(tag => tag.Controller is not null).DistinctBy(tag => tag.Name)
        .OrderBy(tag => tag.Name != "Films").ThenBy(tag => tag.Name, StringComparer.Ordinal)
        .Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Controller!.Description });

    private static string TagOf(ControllerActionDescriptor action) => action.EndpointMetadata.OfType<ITagsMetadata>().LastOrDefault()?.Tags[0] ?? action.ControllerName;

    private sealed class SchemaReferences : OpenApiVisitorBase
    {
        // An extension refers to this one, and the walker does not read extensions.
        public HashSet<string> Names { get; } = [ImportTransformer.ReportLine];

        public override void Visit(IOpenApiReferenceHolder referenceHolder)
        {
            if (referenceHolder is OpenApiSchemaReference { Reference.Id: { } name })
            {
                Names.Add(name);
            }
        }
    }
}
