using FilmService.Api.Access.Authentication;
using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Access;
using FluentValidation;

namespace FilmService.Api.Access.Administration;

/// <summary>A user as an administrator wants it. The name is in the address.</summary>
public sealed class SaveUserRequest(string? name, ArgumentSet sent) : RequestArguments(sent, AccessProblems.InvalidArguments, inOrderOfRules: true)
{
    /// <summary>The arguments' names.</summary>
    public static readonly IReadOnlyList<string> ArgumentNames = ["password", "scopes"];

    /// <summary>The name, from the address.</summary>
    public string? Name => name;

    /// <summary>The new password.</summary>
    public ArgumentValue Password { get; } = sent["password"];

    /// <summary>The user's scopes.</summary>
    public ArgumentValue Scopes { get; } = sent["scopes"];

    /// <summary>The user that the request says, once it is valid.</summary>
    public User ToUser()
    {
        var hash = UserDirectory.Hash(Password.Text);
        return new User(Name!, new Lazy<string>(hash), Scopes.Items!);
    }

    /// <summary>The user's name as the address says it; null when it can be none.</summary>
    internal static string? NameIn(HttpContext context) => UrlEncoded.TryDecode(RequestPath.SecondSegment(context));

    public static async ValueTask<SaveUserRequest?> BindAsync(HttpContext context) =>
        new(NameIn(context), await AdministrationBody.ReadAsync(context.Request, ArgumentNames));
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
