using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FluentValidation;

namespace FilmService.Api.Import;

/// <summary>The revision to restore all films to, or the range of changes to undo.</summary>
public sealed class RestoreFilmsRequest(ArgumentSet sent) : RequestArguments(sent, ProblemTypes.InvalidParameters)
{
    private static readonly IReadOnlyList<string> ArgumentNames = ["revision", "after", "through", "by"];

    public ArgumentValue Revision { get; } = sent["revision"];

    public ArgumentValue After { get; } = sent["after"];

    public ArgumentValue Through { get; } = sent["through"];

    public ArgumentValue By { get; } = sent["by"];

    /// <summary>True if it undoes a range.</summary>
    public bool IsRange => !After.IsAbsent || !Through.IsAbsent || !By.IsAbsent;

    public static async ValueTask<RestoreFilmsRequest?> BindAsync(HttpContext context) =>
        new(await ArgumentReader.ReadAsync(context.Request, ArgumentNames));

    /// <summary>The restore, once the request has been validated.</summary>
    public CatalogRestore ToRestore(Action<ImportLine> stage) => IsRange
        ? new CatalogRestore(RevisionOf(After)!.Value, RevisionOf(Through), By.IsAbsent ? null : By.Text, stage)
        : new CatalogRestore(RevisionOf(Revision)!.Value, null, null, stage);

    internal static Revision? RevisionOf(ArgumentValue value) => value.Kind is ArgumentKind.Text ? Domain.Films.Revision.Parse(value.Text) : null;
}

/// <summary>Either a revision, or a range of two.</summary>
public sealed class RestoreFilmsRequestValidator : AbstractValidator<RestoreFilmsRequest>
{
    public RestoreFilmsRequestValidator()
    {
        RuleFor(request => request.Revision).Must(IsRevision).When(request => !request.IsRange)
            .WithMessage("Revision is required, such as \"k3f9-1042\"; or After and Through, to undo the changes between them.").OverridePropertyName("revision");
        RuleFor(request => request.Revision).Must(revision => revision.IsAbsent).When(request => request.IsRange)
            .WithMessage("Send either Revision, or After and Through.").OverridePropertyName("revision");
        RuleFor(request => request.After).Must(IsRevision).When(request => request.IsRange)
            .WithMessage("After is required to undo a range: the revision before its first change, such as \"k3f9-1041\".").OverridePropertyName("after");
        RuleFor(request => request.Through).Must(IsRevision).When(request => request.IsRange)
            .WithMessage("Through is required to undo a range: the revision of its last change, such as \"k3f9-1099\".").OverridePropertyName("through");
        RuleFor(request => request.Through).Must((request, _) => !IsReversed(request))
            .WithMessage("Through must not be before After.").OverridePropertyName("through");
        RuleFor(request => request.By).Must(by => by.IsAbsent || by is { Kind: ArgumentKind.Text, Text.Length: > 0 })
            .WithMessage("By must be the name of a caller.").OverridePropertyName("by");
    }

    private static bool IsRevision(ArgumentValue value) => RestoreFilmsRequest.RevisionOf(value) is not null;

    private static bool IsReversed(RestoreFilmsRequest request) =>
        RestoreFilmsRequest.RevisionOf(request.After) is { } after && RestoreFilmsRequest.RevisionOf(request.Through) is { } through
        && after.Epoch == through.Epoch && after.Number > through.Number;
}
