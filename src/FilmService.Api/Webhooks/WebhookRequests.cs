using FilmService.Api.Access;
using FilmService.Api.Access.Administration;
using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;
using FilmService.Domain.Webhooks;
using FluentValidation;

namespace FilmService.Api.Webhooks;

public sealed class CreateWebhookRequest(ArgumentSet sent) : RequestArguments(sent, AccessProblems.InvalidArguments, inOrderOfRules: true)
{
    public static readonly IReadOnlyList<string> ArgumentNames = ["url", "description"];

    public ArgumentValue Url { get; } = sent["url"];

    public ArgumentValue Description { get; } = sent["description"];

    /// <summary>The description; null if there is none.</summary>
    public string? ToDescription() => Description.IsAbsent ? null : Description.Text;

    /// <summary>Where it sends, for the audit log; the rest of a URL may be secret.</summary>
    public string Host => new Uri(Url.Text).Authority;

    public static async ValueTask<CreateWebhookRequest?> BindAsync(HttpContext context) =>
        new(await AdministrationBody.ReadAsync(context.Request, ArgumentNames));
}

/// <summary>The members of a webhook to change; those that are missing stay as they are.</summary>
public sealed class PatchWebhookRequest(ArgumentSet sent) : RequestArguments(sent, AccessProblems.InvalidArguments, inOrderOfRules: true)
{
    public static readonly IReadOnlyList<string> ArgumentNames = ["url", "description", "enabled"];

    public ArgumentValue Url { get; } = sent["url"];

    public ArgumentValue Description { get; } = sent["description"];

    public ArgumentValue Enabled { get; } = sent["enabled"];

    /// <summary>True if what is being sent may be sent elsewhere, at another time, or not at all.</summary>
    public bool ChangesDelivery => !Url.IsAbsent || !Enabled.IsAbsent;

    /// <summary>What it changes, for the audit log; the rest of a URL may be secret.</summary>
    public string Summary => string.Join(", ", new[]
    {
        Url.IsAbsent ? null : $"url at {new Uri(Url.Text).Authority}",
        Description.Kind is ArgumentKind.Missing ? null : "description",
        Enabled.IsAbsent ? null : $"enabled {Enabled.Text}",
    }.OfType<string>());

    /// <summary>The webhook as it is after the change.</summary>
    public Webhook Apply(Webhook webhook)
    {
        var changed = Url.IsAbsent ? webhook : webhook.WithUrl(Url.Text);
        changed = Enabled.IsAbsent ? changed : changed.WithEnabled(Enabled.Text == "true");
        return Description.Kind is ArgumentKind.Missing ? changed : changed with { Description = Description.IsAbsent ? null : Description.Text };
    }

    public static async ValueTask<PatchWebhookRequest?> BindAsync(HttpContext context) =>
        new(await AdministrationBody.ReadAsync(context.Request, ArgumentNames));
}

public sealed class ReplayWebhookRequest(ArgumentSet sent) : RequestArguments(sent, AccessProblems.InvalidArguments, inOrderOfRules: true)
{
    public static readonly IReadOnlyList<string> ArgumentNames = ["since"];

    public ArgumentValue Since { get; } = sent["since"];

    public static async ValueTask<ReplayWebhookRequest?> BindAsync(HttpContext context) =>
        new(await AdministrationBody.ReadAsync(context.Request, ArgumentNames));

    /// <summary>The revision, once the request has been validated.</summary>
    public Revision ToRevision() => Revision.Parse(Since.Text)!.Value;
}

public sealed class CreateWebhookRequestValidator : AbstractValidator<CreateWebhookRequest>
{
    public CreateWebhookRequestValidator(WebhookSettings settings)
    {
        RuleFor(webhook => webhook.Url).MustBeUrl(settings);
        RuleFor(webhook => webhook.Description).MustBeDescription();
    }
}

public sealed class PatchWebhookRequestValidator : AbstractValidator<PatchWebhookRequest>
{
    public PatchWebhookRequestValidator(WebhookSettings settings)
    {
        RuleFor(webhook => webhook.Url).MustBeUrl(settings).When(webhook => webhook.Url.Kind is not ArgumentKind.Missing);
        RuleFor(webhook => webhook.Description).MustBeDescription();
        RuleFor(webhook => webhook.Enabled)
            .Must(enabled => enabled.Kind is ArgumentKind.Missing or ArgumentKind.Flag)
            .WithMessage("enabled must be true or false.").OverridePropertyName("enabled");
    }
}

public sealed class ReplayWebhookRequestValidator : AbstractValidator<ReplayWebhookRequest>
{
    public ReplayWebhookRequestValidator() => RuleFor(replay => replay.Since)
        .Must(since => since.Kind is ArgumentKind.Text && Revision.Parse(since.Text) is not null)
        .WithMessage("since must be a revision, such as \"k3f9-1042\".").OverridePropertyName("since");
}

/// <summary>Validation rules shared by the requests about webhooks.</summary>
internal static class WebhookRules
{
    public static IRuleBuilderOptions<T, ArgumentValue> MustBeUrl<T>(this IRuleBuilderInitial<T, ArgumentValue> rule, WebhookSettings settings) => rule
        .Cascade(CascadeMode.Stop)
        .Must(url => url.Kind is ArgumentKind.Text && WebhookUrl.IsUrl(url.Text, settings)).WithMessage(WebhookUrl.Rule)
        .Must(url => WebhookUrl.IsAllowed(url.Text, settings)).WithMessage(WebhookUrl.AddressRule)
        .OverridePropertyName("url");

    public static void MustBeDescription<T>(this IRuleBuilder<T, ArgumentValue> rule) => rule
        .Must(description => description.IsAbsent || (description.Kind is ArgumentKind.Text && Webhook.IsDescription(description.Text)))
        .WithMessage($"description must be text of at most {Webhook.DescriptionMaxLength} characters, without control characters, or null.")
        .OverridePropertyName("description");
}
