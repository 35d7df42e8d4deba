using FilmService.Api.Access.Administration;
using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Binding;
using FluentValidation;

namespace FilmService.Api.Access.Sessions;

public sealed class LogInRequest(ArgumentSet sent) : RequestArguments(sent, AccessProblems.InvalidArguments, inOrderOfRules: true)
{
    public static readonly IReadOnlyList<string> ArgumentNames = ["name", "password"];

    public ArgumentValue Name { get; } = sent["name"];

    public ArgumentValue Password { get; } = sent["password"];

    /// <summary>Name and password as one text that no other pair has.</summary>
    public string Credentials => CredentialsOf(Name.Text, Password.Text);

    internal static string CredentialsOf(string name, string password) => $"{name.Length}:{name}{password}";

    public static async ValueTask<LogInRequest?> BindAsync(HttpContext context) =>
        new(await AdministrationBody.ReadAsync(context.Request, ArgumentNames));
}

public sealed class LogInRequestValidator : AbstractValidator<LogInRequest>
{
    public LogInRequestValidator()
    {
        RuleFor(login => login.Name).Must(IsText).WithMessage("name must be the user's name.").OverridePropertyName("name");
        RuleFor(login => login.Password).Must(IsText).WithMessage("password must be the user's password.").OverridePropertyName("password");
    }

    private static bool IsText(ArgumentValue value) => value is { Kind: ArgumentKind.Text, Text.Length: > 0 };
}
