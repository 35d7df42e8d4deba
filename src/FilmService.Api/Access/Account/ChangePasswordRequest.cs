using FilmService.Api.Access.Administration;
using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Binding;
using FluentValidation;

namespace FilmService.Api.Access.Account;

public sealed class ChangePasswordRequest(ArgumentSet sent) : RequestArguments(sent, AccessProblems.InvalidArguments, inOrderOfRules: true)
{
    public static readonly IReadOnlyList<string> ArgumentNames = ["current", "new"];

    public ArgumentValue Current { get; } = sent["current"];

    public ArgumentValue New { get; } = sent["new"];

    public static async ValueTask<ChangePasswordRequest?> BindAsync(HttpContext context) =>
        new(await AdministrationBody.ReadAsync(context.Request, ArgumentNames));
}

public sealed class ChangePasswordRequestValidator : AbstractValidator<ChangePasswordRequest>
{
    public ChangePasswordRequestValidator()
    {
        RuleFor(change => change.Current).Must(current => current is { Kind: ArgumentKind.Text, Text.Length: > 0 })
            .WithMessage("current must be the password that the user has now.").OverridePropertyName("current");
        RuleFor(change => change.New).MustBePassword("new");
    }
}
