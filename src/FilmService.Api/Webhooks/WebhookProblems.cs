using FilmService.Api.Http.Problems;

namespace FilmService.Api.Webhooks;

internal static class WebhookProblems
{
    public static readonly ProblemType TooManyWebhooks = new(
        "too-many-webhooks", 409, "Too many webhooks",
        "The service stores at most 1,000 webhooks. Nothing was stored. The list shows which are disabled or failing.",
        ["Webhooks whose receivers no longer exist are never deleted."],
        "curl -i -u 'user:password' http://127.0.0.1:5000/webhooks");

    public static readonly IReadOnlyList<ProblemType> All = [TooManyWebhooks];
}
