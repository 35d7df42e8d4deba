using FilmService.Api.Access.Authentication;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Access;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FilmService.Api.Access.Administration;

/// <summary>A user as an administrator wants it. The name is in the address.</summary>
[ModelBinder(typeof(Binder))]
public sealed class SaveUserRequest
{
    /// <summary>The arguments' names.</summary>
    public static readonly IReadOnlyList<string> ArgumentNames = ["password", "scopes"];

    /// <summary>The name, from the address.</summary>
    public required string? Name { get; init; }

    /// <summary>The new password.</summary>
    public ArgumentValue Password { get; init; }

    /// <summary>The user's scopes.</summary>
    public ArgumentValue Scopes { get; init; }

    /// <summary>The user that the request says, once it is valid.</summary>
    public User ToUser()
    {
        var hash = UserDirectory.Hash(Password.Text);
        return new User(Name!, new Lazy<string>(hash), Scopes.Items!);
    }

    /// <summary>The user's name as the address says it; null when it can be none.</summary>
    internal static string? NameIn(HttpContext context) => UrlEncoded.TryDecode(RequestPath.SecondSegment(context));

    private sealed class Binder : IModelBinder
    {
        public async Task BindModelAsync(ModelBindingContext bindingContext) => bindingContext.Result = ModelBindingResult.Success(
            await AdministrationBody.ReadAsync(
                bindingContext.HttpContext.Request, ArgumentNames,
                arguments => new SaveUserRequest { Name = NameIn(bindingContext.HttpContext), Password = arguments["password"], Scopes = arguments["scopes"] },
                new SaveUserRequestValidator()));
    }
}

/// <summary>The shape of the arguments.</summary>
public sealed class SaveUserRequestValidator : AbstractValidator<SaveUserRequest>
{
    /// <summary>Sets up the rules.</summary>
    public SaveUserRequestValidator()
    {
        RuleFor(user => user.Name)
            .Must(User.IsName)
            .WithMessage($"The user's name must be {User.NameRule}.").OverridePropertyName("name");
        RuleFor(user => user.Password)
            .Must(password => password.Kind is ArgumentKind.Text && User.IsPassword(password.Text))
            .WithMessage($"password must be text of {User.PasswordMinLength} to {User.PasswordMaxLength} characters, without control characters.")
            .Must(password => password.Text != ConfiguredUser.PublishedPassword)
            .WithMessage("This password is published in the documentation. Choose another.").OverridePropertyName("password");
        RuleFor(user => user.Scopes).MustBeScopes();
    }
}
