using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;
using FluentValidation;

namespace FilmService.Api.Films;

/// <summary>The revision to restore a film to.</summary>
public sealed class RestoreFilmRequest(ArgumentSet sent) : RequestArguments(sent, FilmProblems.Validation)
{
    private static readonly IReadOnlyList<string> ArgumentNames = ["revision"];

    public ArgumentValue Revision { get; } = sent["revision"];

    public static async ValueTask<RestoreFilmRequest?> BindAsync(HttpContext context) =>
        new(await ArgumentReader.ReadAsync(context.Request, ArgumentNames));

    /// <summary>The revision, once the request has been validated.</summary>
    public Revision ToRevision() => Domain.Films.Revision.Parse(Revision.Text)!.Value;
}

/// <summary>A revision is text such as <c>k3f9-1042</c>.</summary>
public sealed class RestoreFilmRequestValidator : AbstractValidator<RestoreFilmRequest>
{
    public RestoreFilmRequestValidator() => RuleFor(request => request.Revision)
        .Must(revision => revision.Kind is ArgumentKind.Text && Revision.Parse(revision.Text) is not null)
        .WithMessage("Revision is required, such as \"k3f9-1042\".")
        .OverridePropertyName("revision");
}
