using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Binding;
using FluentValidation;

namespace FilmService.Api.Access.Administration;

public sealed class CreateApiKeyRequest(ArgumentSet sent) : RequestArguments(sent, AccessProblems.InvalidArguments, inOrderOfRules: true)
{
    public static readonly IReadOnlyList<string> ArgumentNames = ["name", "scopes", "expiresAt"];

    public ArgumentValue Name { get; } = sent["name"];

    public ArgumentValue Scopes { get; } = sent["scopes"];

    public ArgumentValue ExpiresAt { get; } = sent["expiresAt"];

    public static async ValueTask<CreateApiKeyRequest?> BindAsync(HttpContext context) =>
        new(await AdministrationBody.ReadAsync(context.Request, ArgumentNames));
}

public sealed class CreateClientRequest(ArgumentSet sent) : RequestArguments(sent, AccessProblems.InvalidArguments, inOrderOfRules: true)
{
    public static readonly IReadOnlyList<string> ArgumentNames = ["name", "scopes"];

    public ArgumentValue Name { get; } = sent["name"];

    public ArgumentValue Scopes { get; } = sent["scopes"];

    public static async ValueTask<CreateClientRequest?> BindAsync(HttpContext context) =>
        new(await AdministrationBody.ReadAsync(context.Request, ArgumentNames));
}

public sealed class CreateApiKeyRequestValidator : AbstractValidator<CreateApiKeyRequest>
{
    public CreateApiKeyRequestValidator(TimeProvider clock)
    {
        RuleFor(key => key.Name).MustBeName();
        RuleFor(key => key.Scopes).MustBeScopes();
        RuleFor(key => key.ExpiresAt)
            .Must(time => time.IsAbsent || time.ToTime() > clock.GetUtcNow())
            .WithMessage("expiresAt must be a time in the future, such as 2027-01-01T00:00:00Z.").OverridePropertyName("expiresAt");
    }
}

public sealed class CreateClientRequestValidator : AbstractValidator<CreateClientRequest>
{
    public CreateClientRequestValidator()
    {
        RuleFor(client => client.Name).MustBeName();
        RuleFor(client => client.Scopes).MustBeScopes();
    }
}
