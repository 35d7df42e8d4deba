using System.Globalization;
using System.Text.Json.Nodes;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Audit;
using FilmService.Api.Changes;
using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Import;
using FilmService.Api.Search;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scope = FilmService.Api.Access.Authorization.Scope;

namespace FilmService.Api.Docs;

/// <summary>Completes an operation with its endpoint's metadata and its examples.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    private const string FilmsRoute = "films";
    private const string AuditRoute = "audit";

    // As parameters they would be sent twice by generated clients, or have the name of one in the path.
    private const string InTheQuery = " Arguments can be in the query string instead, under the same names and each in one place; if all are, the body can be left out.";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var (method, route) = (context.Description.HttpMethod!, context.Description.RelativePath ?? "");
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var examples = HttpExamples.OfOperations.Where(example => example.IsOf(method, route)).ToList();
        var body = metadata.OfType<BodyAttribute>().FirstOrDefault();

        operation.Parameters =
        [
            .. PathParameters(operation, context, examples),
            .. metadata.OfType<QueryAttribute>().SelectMany(query => query.Parameters).Where(name => !IsOfImport(body, name)).Select(name => QueryDescriptions.Parameter(route, name)),
            .. OperationExamples.Parameters(examples),
        ];
        AddBody(operation, body, context.Document!, examples);
        if (metadata.OfType<FilmWriteAttribute>().Any())
        {
            AddFieldsOfWrites(operation);
        }

        AddAnswers(operation, context.Document!, ItemOf(route), [.. GuardAnswers.Of(metadata)], examples);
        if (metadata.OfType<FilmWriteAttribute>().Any() && operation.Responses!.TryGetValue("200", out var done) && done.Content?.TryGetValue(FilmListFormat.LinesType, out var report) is true)
        {
            ImportTransformer.DescribeReport(report, context.Document!);
        }

        operation.Description += Describe(AuthorizationTable.Of(method, route));
        operation.Security = Security(AuthorizationTable.Of(method, route), context.Document!);
        return Task.CompletedTask;
    }

    // What a line of NDJSON contains.
    private static string ItemOf(string route) => route switch
    {
        FilmsRoute => SchemaTransformer.FoundFilm,
        AuditRoute => nameof(AuditItem),
        _ => SchemaTransformer.Change,
    };

    private static IEnumerable<IOpenApiParameter> PathParameters(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, List<HttpExample> examples)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(parameter => parameter.In is ParameterLocation.Path) ?? [])
        {
            var type = context.Description.ActionDescriptor.Parameters.FirstOrDefault(declared => declared.Name == parameter.Name)?.ParameterType ?? typeof(string);
            SchemaTransformer.Describe(parameter, type);
            var place = Array.IndexOf((context.Description.RelativePath ?? "").Split('/'), $"{{{parameter.Name}}}");
            parameter.Example = (examples.Find(example => example.Answer.Status < 300) ?? examples.FirstOrDefault())?.Request.Path.Split('/')[place + 1];
            yield return parameter;
        }
    }

    // Imports are also accepted where a film is added, but have an operation of their own.
    private static bool IsOfImport(BodyAttribute? body, string typeOrParameter) => body?.Arguments is not null
        && (typeOrParameter is FilmListFormat.LinesType or FilmListFormat.TableType || ImportParameters.All.Contains(typeOrParameter));

    private static void AddBody(OpenApiOperation operation, BodyAttribute? body, OpenApiDocument document, List<HttpExample> examples)
    {
        if (body is null)
        {
            return;
        }

        var arguments = body.Arguments is { } type ? Schemas.Shared(type, document) : null;
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = $"At most {RequestBody.MaxLength.ToString("N0", CultureInfo.InvariantCulture)} bytes.{(body is { Arguments: not null, IsOnlyPlace: false } ? InTheQuery : "")}",
            Content = body.MediaTypes.Where(type => !IsOfImport(body, type)).ToDictionary(type => type, type => new OpenApiMediaType { Schema = BodySchema(type, arguments) }),
        };
        OperationExamples.AddTo(operation.RequestBody, examples);
        if (body.Line is { } line)
        {
            ImportTransformer.Describe((OpenApiRequestBody)operation.RequestBody, Schemas.Shared(line, document));
        }
    }

    // NSwag makes parameters of the fields of a multipart form, beside the body of another type.
    private static IOpenApiSchema BodySchema(string type, OpenApiSchemaReference? arguments) => type == ArgumentReader.MultipartType
        ? new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "The same arguments, each as a part with plain text.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
        }
        : (IOpenApiSchema?)arguments ?? new OpenApiSchema { Type = JsonSchemaType.String };

    // Any outcome can be from a dry run or a replay, but not a request rejected before the write.
    private static void AddFieldsOfWrites(OpenApiOperation operation)
    {
        foreach (var (status, answer) in operation.Responses!)
        {
            OperationExamples.AddField((OpenApiResponse)answer, "Films-Dry-Run", "true");
            if (status.StartsWith('2'))
            {
                OperationExamples.AddField((OpenApiResponse)answer, "Idempotency-Replayed", "true");
            }
        }
    }

    private static void AddAnswers(OpenApiOperation operation, OpenApiDocument document, string item, List<int> guards, List<HttpExample> examples)
    {
        var answers = new SortedDictionary<string, IOpenApiResponse>(operation.Responses ?? [], StringComparer.Ordinal);
        foreach (var (status, answer) in answers)
        {
            DescribeText((OpenApiResponse)answer, item);
            var shared = guards.Any(guard => $"{guard}" == status) ? GuardAnswers.AddTo((OpenApiResponse)answer, status, document) : [];
            OperationExamples.AddTo((OpenApiResponse)answer, [.. examples.Concat(shared).Where(example => $"{example.Answer.Status}" == status)]);
        }

        foreach (var status in guards.Where(guard => !answers.ContainsKey($"{guard}")))
        {
            answers[$"{status}"] = GuardAnswers.OfOperation(status, examples, document);
        }

        operation.Responses = [];
        foreach (var (status, answer) in answers)
        {
            operation.Responses[status] = answer;
        }
    }

    // OpenAPI 3.1 has no schema for a single line or event; 3.2 adds itemSchema.
    private static void DescribeText(OpenApiResponse answer, string item)
    {
        foreach (var (type, content) in answer.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            var description = type switch
            {
                ChangesController.LinesType => $"One `{item}` per line.",
                ChangesController.StreamType => $"One `{item}` as the data of each event, and its revision as the event's id.",
                FilmListFormat.TableType => "RFC 4180: a header and one row per film.",
                _ => null,
            };
            if (description is not null)
            {
                content.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = description };
            }

            if (type is ChangesController.LinesType or ChangesController.StreamType)
            {
                content.AddExtension("x-item-schema", new JsonNodeExtension(new JsonObject { ["$ref"] = $"#/components/schemas/{item}" }));
            }
        }
    }

    // Whether anonymous access is allowed is a setting; {} says that it can be.
    private static List<OpenApiSecurityRequirement> Security(RequiredAccess need, OpenApiDocument document) => need switch
    {
        RequiredAccess.Nothing or RequiredAccess.Session => [[]],
        RequiredAccess.Client => [[], LogIn(DocumentTransformer.Basic, [], document)],
        RequiredAccess.Read => [[], .. CallerAuthentication([Scope.Read.ToName()], document)],
        RequiredAccess.Write => [[], .. CallerAuthentication([Scope.Write.ToName()], document)],
        RequiredAccess.LogIn or RequiredAccess.OwnKeys => CallerAuthentication([], document),
        _ => CallerAuthentication([Scope.Admin.ToName()], document),
    };

    private static List<OpenApiSecurityRequirement> CallerAuthentication(List<string> scopes, OpenApiDocument document) =>
        [.. DocumentTransformer.CallerAuthentication.Keys.Select(scheme => LogIn(scheme, scopes, document))];

    private static OpenApiSecurityRequirement LogIn(string scheme, List<string> scopes, OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = scopes };

    private static string Describe(RequiredAccess need) => need switch
    {
        RequiredAccess.Nothing or RequiredAccess.Session => "",
        RequiredAccess.LogIn => " Requires a login.",
        RequiredAccess.OwnKeys => $" Requires the scope `{Scope.Admin.ToName()}`, or a user's password or session for keys of their own.",
        RequiredAccess.Read => $" Requires the scope `{Scope.Read.ToName()}`, unless `Access:Read` is `Anonymous`.",
        RequiredAccess.Write => $" Requires the scope `{Scope.Write.ToName()}`, unless `Access:Write` is `Anonymous`.",
        RequiredAccess.Client => " The client sends its id and secret with Basic or in the form.",
        _ => $" Requires the scope `{Scope.Admin.ToName()}`.",
    };
}
