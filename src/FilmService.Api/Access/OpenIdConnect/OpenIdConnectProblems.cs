using FilmService.Api.Access.Authentication;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.OpenIdConnect;

/// <summary>Why a login with OpenID Connect gives no session. Nothing that the issuer has sent is repeated.</summary>
internal static class OpenIdConnectProblems
{
    // For people a browser does it: the link on this page.
    private const string Start = "curl -i http://127.0.0.1:5000/ui/log-in";

    public static readonly ProblemType NotCompleted = new(
        "log-in-not-completed", 400, "The login was not completed",
        "A login at the identity provider can be completed once, within 15 minutes, in the browser where it began. You are not logged in. Log in again.",
        ["The page was reloaded, or opened again from the history.", "The browser keeps no cookies, or they were deleted.", "More than a few logins were begun at the same time.", "The service has lost the keys beside its database."],
        Start);

    public static readonly ProblemType Refused = new(
        "log-in-refused", 403, "The login was refused",
        "The identity provider did not confirm the login, or does not allow this account to use the service. You are not logged in. Try another account, or ask an administrator for access.",
        ["The login was cancelled.", "The account has none of the roles in the setting Authentication:OpenIdConnect:Roles.", "The ID token has no usable name in the claim that the setting Authentication:OpenIdConnect:NameClaim names."],
        Start);

    public static readonly ProblemType Invalid = new(
        "log-in-invalid", 502, "The identity provider's answer is not valid",
        "The identity provider answered, but not with an ID token that this service can accept. You are not logged in. The service's log has the reason under the trace id.",
        ["Authentication:OpenIdConnect:ClientId or :ClientSecret is wrong.", "The ID token is for another client, from another issuer, expired, or not signed with one of the issuer's keys.", "The identity provider has reported an error of its own."],
        Start);

    public static readonly ProblemType Unavailable = new(
        "log-in-unavailable", 503, "The identity provider is not responding",
        "The service cannot reach the identity provider, so nobody can log in there at the moment. Retry-After says when to try again. Other ways to log in still work.",
        ["The issuer in the setting Authentication:OpenIdConnect:Authority is down, or cannot be reached from here.", "Its metadata document names another issuer, or cannot be read."],
        Start);

    public static readonly IReadOnlyList<ProblemType> All = [NotCompleted, Refused, Invalid, Unavailable];

    public static Problem Again => new(NotCompleted, "This login cannot be completed here, or not again. Log in again.");

    public static Problem Denied => new(Refused, "The login was cancelled or denied at the identity provider. Log in again, or with another account.");

    public static Problem InvalidAnswer => new(Invalid, "The identity provider's answer is not valid. Log in again; if that does not help, an administrator finds the reason in the service's log.");

    public static Problem WithoutName(string claim, int count) => new(Refused, count == 0
        ? $"The ID token has no claim '{claim}', so the service does not know your name. An administrator can have the identity provider add it, or name another in Authentication:OpenIdConnect:NameClaim."
        : $"The claim '{claim}' is no name that the service can use: {User.NameRule}. An administrator can name another claim in Authentication:OpenIdConnect:NameClaim.");

    public static Problem WithoutRole(string claim) => new(
        Refused, $"Your account has no access to this service: the claim '{claim}' has none of the values in Authentication:OpenIdConnect:Roles. Ask an administrator for access, or log in with another account.");

    public static Problem NotResponding(TimeSpan wait)
    {
        var seconds = FailedLoginLimiter.RetryAfter(wait);
        return new(Unavailable, $"The identity provider is not responding. Try again in {seconds} seconds.")
        {
            Fields = new Dictionary<string, string> { ["Retry-After"] = seconds, ["Cache-Control"] = "no-store" },
        };
    }
}
