using FilmService.Api.Http.Binding;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FilmService.Api.Access.Administration;

/// <summary>What a new API key is made of.</summary>
[ModelBinder(typeof(Binder))]
public sealed class CreateApiKeyRequest
{
    /// <summary>The arguments' names.</summary>
    public static readonly IReadOnlyList<string> ArgumentNames = ["name", "scopes", "expiresAt"];

    /// <summary>A name of your choice.</summary>
    public ArgumentValue Name { get; init; }

    /// <summary>Its scopes.</summary>
    public ArgumentValue Scopes { get; init; }

    /// <summary>When it expires.</summary>
    public ArgumentValue ExpiresAt { get; init; }

    private sealed class Binder(TimeProvider clock) : IModelBinder
    {
        public async Task BindModelAsync(ModelBindingContext bindingContext) => bindingContext.Result = ModelBindingResult.Success(
            await AdministrationBody.ReadAsync(
                bindingContext.HttpContext.Request, ArgumentNames,
                arguments => new CreateApiKeyRequest { Name = arguments["name"], Scopes = arguments["scopes"], ExpiresAt = arguments["expiresAt"] },
                new CreateApiKeyRequestValidator(clock)));
    }
}

/// <summary>What a new OAuth client is made of.</summary>
[ModelBinder(typeof(Binder))]
public sealed class CreateClientRequest
{
    /// <summary>The arguments' names.</summary>
    public static readonly IReadOnlyList<string> ArgumentNames = ["name", "scopes"];

    /// <summary>A name of your choice.</summary>
    public ArgumentValue Name { get; init; }

    /// <summary>The scopes that its tokens can have.</summary>
    public ArgumentValue Scopes { get; init; }

    private sealed class Binder : IModelBinder
    {
        public async Task BindModelAsync(ModelBindingContext bindingContext) => bindingContext.Result = ModelBindingResult.Success(
            await AdministrationBody.ReadAsync(
                bindingContext.HttpContext.Request, ArgumentNames,
                arguments => new CreateClientRequest { Name = arguments["name"], Scopes = arguments["scopes"] },
                new CreateClientRequestValidator()));
    }
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
