using FilmService.Api.Access.Authentication;
using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Access;
using FluentValidation;

namespace FilmService.Api.Access.Administration;

/// <summary>The user to store. The name comes from the URL, everything else from the body.</summary>
public sealed class SaveUserRequest(string? name, bool isNew, ArgumentSet sent) : RequestArguments(sent, AccessProblems.InvalidArguments, inOrderOfRules: true)
{
    public static readonly IReadOnlyList<string> ArgumentNames = ["password", "scopes"];

    public string? Name => name;

    /// <summary>True unless a user of this name exists.</summary>
    public bool IsNew => isNew;

    /// <summary>True if the user's password stays as it is, and is not sent.</summary>
    public bool KeepsPassword { get; init; }

    public ArgumentValue Password { get; } = sent["password"];

    public ArgumentValue Scopes { get; } = sent["scopes"];

    /// <summary>The user, once the request has been validated.</summary>
    public User ToUser()
    {
        var hash = KeepsPassword ? "" : UserDirectory.Hash(Password.Text);
        return new User(Name!, new Lazy<string>(hash), Scopes.Items!);
    }

    /// <summary>The user's name from the URL; null if it is not valid percent-encoded UTF-8.</summary>
    internal static string? NameIn(HttpContext context) => UrlEncoded.TryDecode(RequestPath.SecondSegment(context));

    public static async ValueTask<SaveUserRequest?> BindAsync(HttpContext context)
    {
        var (name, users) = (NameIn(context), context.RequestServices.GetRequiredService<UserDirectory>());
        return new(name, name is null || users.Find(name) is null, await AdministrationBody.ReadAsync(context.Request, ArgumentNames));
    }
}

public sealed class SaveUserRequestValidator : AbstractValidator<SaveUserRequest>
{
    public SaveUserRequestValidator()
    {
        RuleFor(user => user.Name)
            .Must((user, name) => user.IsNew ? User.IsNewName(name) : User.IsName(name))
            .WithMessage($"The user's name must be {User.NameRule}.").OverridePropertyName("name");
        When(user => !user.KeepsPassword, () => RuleFor(user => user.Password).MustBePassword("password"));
        RuleFor(user => user.Scopes).MustBeScopes();
    }
}
