using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Binding;
using FluentValidation;

namespace FilmService.Api.Access.Administration;

/// <summary>What a new API key is made of.</summary>
public sealed class CreateApiKeyRequest(ArgumentSet sent) : RequestArguments(sent, AccessProblems.InvalidArguments, inOrderOfRules: true)
{
    /// <summary>The arguments' names.</summary>
    public static readonly IReadOnlyList<string> ArgumentNames = ["name", "scopes", "expiresAt"];

    /// <summary>A name of your choice.</summary>
    public ArgumentValue Name { get; } = sent["name"];

    /// <summary>Its scopes.</summary>
    public ArgumentValue Scopes { get; } = sent["scopes"];

    /// <summary>When it expires.</summary>
    public ArgumentValue ExpiresAt { get; } = sent["expiresAt"];

    public static async ValueTask<CreateApiKeyRequest?> BindAsync(HttpContext context) =>
        new(await AdministrationBody.ReadAsync(context.Request, ArgumentNames));
}

/// <summary>What a new OAuth client is made of.</summary>
public sealed class CreateClientRequest(ArgumentSet sent) : RequestArguments(sent, AccessProblems.InvalidArguments, inOrderOfRules: true)
{
    /// <summary>The arguments' names.</summary>
    public static readonly IReadOnlyList<string> ArgumentNames = ["name", "scopes"];

    /// <summary>A name of your choice.</summary>
    public ArgumentValue Name { get; } = sent["name"];

    /// <summary>The scopes that its tokens can have.</summary>
    public ArgumentValue Scopes { get; } = sent["scopes"];

    public static async ValueTask<CreateClientRequest?> BindAsync(HttpContext context) =>
        new(await AdministrationBody.ReadAsync(context.Request, ArgumentNames));
}

/// <summary>The shape of the arguments.</summary>
public sealed class CreateApiKeyRequestValidator : AbstractValidator<CreateApiKeyRequest>
{
    /// <summary>Sets up the rules.</summary>
    public CreateApiKeyRequestValidator(TimeProvider clock)
    {
        RuleFor(key => key.Name).MustBeName();
        RuleFor(key => key.Scopes).MustBeScopes();
        RuleFor(key => key.ExpiresAt)
            .Must(time => time.IsAbsent || time.ToTime() > clock.GetUtcNow())
            .WithMessage("expiresAt must be a time in the future, such as 2027-01-01T00:00:00Z.").OverridePropertyName("expiresAt");
    }
}

/// <summary>The shape of the arguments.</summary>
public sealed class CreateClientRequestValidator : AbstractValidator<CreateClientRequest>
{
    /// <summary>Sets up the rules.</summary>
    public CreateClientRequestValidator()
    {
        RuleFor(client => client.Name).MustBeName();
        RuleFor(client => client.Scopes).MustBeScopes();
    }
}
