using FilmService.Api.Access.Account;
using FilmService.Api.Access.Administration;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Access.OAuth;
using FilmService.Api.Access.Sessions;
using FilmService.Api.Films;
using FilmService.Api.Import;
using FilmService.Api.Webhooks;
using FilmService.Domain.Access;
using FilmService.Domain.Import;
using FilmService.Domain.Webhooks;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>The schemas of request data, by the type that reads it. Their names appear in the document.</summary>
internal static class Schemas
{
    private const string OwnId = "The film's id; generated if missing, null or empty.";
    private const string SameId = "The film's id; must equal the id in the URL unless it is missing, null or empty.";

    private static readonly Dictionary<Type, (string Name, Func<OpenApiSchema> Make)> Sent = new()
    {
        [typeof(SaveFilmRequest)] = ("FilmArguments", () => FilmSchemas.Arguments("The film to store.", SameId, isWhole: true)),
        [typeof(AddFilmRequest)] = ("NewFilmArguments", () => FilmSchemas.Arguments("The film to add.", OwnId, isWhole: true)),
        [typeof(PatchFilmRequest)] = ("FilmChangeArguments", () => FilmSchemas.Arguments("The members of a film to change.", SameId, isWhole: false, "an empty value clears it")),
        [typeof(ImportLine)] = ("ImportLineArguments", () => FilmSchemas.Line(OwnId)),
        [typeof(RestoreFilmRequest)] = ("RestoreArguments", () => Object("The revision to restore.", new() { ["revision"] = Text("The revision to restore, such as `k3f9-1042`.", minLength: 1) }, ["revision"])),
        [typeof(RestoreFilmsRequest)] = ("RestoreAllArguments", () => Object(
            "Either `revision`, or `after` and `through`.",
            new()
            {
                ["revision"] = Text("Every film becomes what it was at this revision, such as `k3f9-1042`.", minLength: 1),
                ["after"] = Text("The revision before the first change to undo.", minLength: 1),
                ["through"] = Text("The revision of the last change to undo.", minLength: 1),
                ["by"] = Text("Undo only the changes that this caller made.", minLength: 1),
            },
            [])),
        [typeof(SaveUserRequest)] = ("UserArguments", () => Object(
            "The user to store.",
            new() { ["password"] = Text("The new password, without control characters.", User.PasswordMinLength, User.PasswordMaxLength), ["scopes"] = ScopeNames("The user's scopes.") },
            ["password", "scopes"])),
        [typeof(CreateApiKeyRequest)] = ("ApiKeyArguments", () => Object(
            "The API key to create.",
            new()
            {
                ["name"] = OwnersName(),
                ["scopes"] = ScopeNames("Its scopes."),
                ["expiresAt"] = new OpenApiSchema { Type = JsonSchemaType.Null | JsonSchemaType.String, Format = "date-time", Description = "When it expires, a time in the future; null or missing if it never does." },
            },
            ["name", "scopes"])),
        [typeof(CreateClientRequest)] = ("ClientArguments", () => Object(
            "The OAuth client to create.", new() { ["name"] = OwnersName(), ["scopes"] = ScopeNames("The scopes that its tokens can have.") }, ["name", "scopes"])),
        [typeof(CreateWebhookRequest)] = ("WebhookArguments", () => Object(
            "The webhook to create.", new() { ["url"] = WebhookUrlText(), ["description"] = WebhookDescription() }, ["url"])),
        [typeof(PatchWebhookRequest)] = ("WebhookChangeArguments", () => Object(
            "The members of a webhook to change.",
            new()
            {
                ["url"] = WebhookUrlText(),
                ["description"] = WebhookDescription(),
                ["enabled"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Whether changes are sent." },
            },
            [])),
        [typeof(ReplayWebhookRequest)] = ("ReplayArguments", () => Object(
            "Where to begin.", new() { ["since"] = Text("The revision after which all changes are sent, such as `k3f9-1042`.", minLength: 1) }, ["since"])),
        [typeof(ChangePasswordRequest)] = ("PasswordArguments", () => Object(
            "The passwords.",
            new() { ["current"] = Text("The password that the user has now.", minLength: 1), ["new"] = Text("The new password, without control characters.", User.PasswordMinLength, User.PasswordMaxLength) },
            ["current", "new"])),
        [typeof(LogInRequest)] = ("LogInArguments", () => Object(
            "The login.", new() { ["name"] = Text("The user's name.", minLength: 1), ["password"] = Text("The user's password.", minLength: 1) }, ["name", "password"])),
        [typeof(TokenRequest)] = ("TokenArguments", () => Object(
            "What a client sends to the token endpoint (RFC 6749 §4.4.2).",
            new()
            {
                ["grant_type"] = Text("Always `client_credentials`."),
                ["scope"] = Text("The requested scopes, separated by spaces; if missing, all of the client's scopes."),
                ["client_id"] = Text("The client's id, unless it comes with Basic."),
                ["client_secret"] = Text("The client's secret, unless it comes with Basic."),
            },
            ["grant_type"])),
    };

    /// <summary>The schema as a component of the document.</summary>
    public static OpenApiSchemaReference Shared(Type type, OpenApiDocument document)
    {
        document.AddComponent(Sent[type].Name, Sent[type].Make());
        return new OpenApiSchemaReference(Sent[type].Name, document);
    }

    /// <summary>An object with these members and no others.</summary>
    public static OpenApiSchema Object(string description, Dictionary<string, IOpenApiSchema> members, IEnumerable<string> required) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Properties = members,
        Required = required.ToHashSet(),
        AdditionalPropertiesAllowed = false,
    };

    public static OpenApiSchema Text(string description, int? minLength = null, int? maxLength = null, bool isOptional = false) => new()
    {
        Type = (isOptional ? JsonSchemaType.Null : 0) | JsonSchemaType.String,
        Description = description,
        MinLength = minLength,
        MaxLength = maxLength,
    };

    private static OpenApiSchema WebhookUrlText() => Text(
        "Where to send deliveries: an `https` URL without a user name or fragment, whose host has a globally reachable address.", 1, WebhookUrl.MaxLength);

    private static OpenApiSchema WebhookDescription() => new()
    {
        Type = JsonSchemaType.Null | JsonSchemaType.String,
        Description = "What it is for, without control characters.",
        MaxLength = Webhook.DescriptionMaxLength,
    };

    private static OpenApiSchema OwnersName() => Text("A name of your choice, without control characters.", 1, User.NameMaxLength);

    private static OpenApiSchema ScopeNames(string description) => new()
    {
        Type = JsonSchemaType.Array,
        Description = $"{description} Any of {string.Join(", ", Scopes.All.Select(name => $"`{name}`"))}.",
        MinItems = 1,
        UniqueItems = true,
        Items = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
