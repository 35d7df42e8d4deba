using FilmService.Api.Http.Problems;

namespace FilmService.Api.Access;

internal static class AccessProblems
{
    private const string PutUser =
        "curl -i -u 'user:password' -X PUT http://127.0.0.1:5000/users/ann -H 'Content-Type: application/json' -d '{\"password\":\"correct horse battery\",\"scopes\":[\"films:write\"]}'";

    public static readonly ProblemType HostNotAllowed = new(
        "host-not-allowed", 400, "The host name is not allowed",
        "On the loopback address, the service accepts only the names of this machine itself, so that a web page cannot reach it under a host name of its own.",
        ["The request's Host is not localhost, 127.0.0.1 or [::1].", "A proxy on this machine forwards the original Host: add that name to the setting AllowedHosts."],
        "curl -i http://127.0.0.1:5000/films");

    public static readonly ProblemType CrossSite = new(
        "cross-site-write", 403, "Writes from other sites are not allowed",
        "The browser reports that this write comes from a web page of another site. Only configured origins may write.",
        ["The request's Origin or Sec-Fetch-Site names another site.", "The page's origin is missing from the setting Cors:Origins.", "The request is logged in by a session's cookie, but does not say that it comes from a page of this service."],
        "curl -i -X PUT http://127.0.0.1:5000/films/3 -H 'Content-Type: application/json' -d '{\"name\":\"Up\",\"year\":2009,\"month\":\"May\"}'");

    public static readonly ProblemType InvalidArguments = new(
        "invalid-arguments", 400, "The arguments are not valid",
        "Some arguments are not valid. The member 'errors' lists each of them and says what is wrong. Nothing was stored.",
        ["A member is missing, unknown, given twice, or of the wrong type.", "A scope is not films:read, films:write or admin.", "A password has fewer than 8 characters."],
        PutUser);

    public static readonly ProblemType InsecureLogIn = new(
        "insecure-log-in", 403, "Login requires HTTPS",
        "A password or client secret sent over plain HTTP can be intercepted, so it is accepted only over HTTPS, on the machine itself, or behind a configured proxy.",
        ["The URL begins with http:// and points to another machine.", "A reverse proxy is missing from the setting ForwardedHeaders:KnownProxies."],
        "curl -i -u 'user:password' http://127.0.0.1:5000/hello_world");

    public static readonly ProblemType ConfiguredUser = new(
        "configured-user", 409, "The user is defined in settings",
        "Users defined in settings take precedence over stored ones, and can only be changed there.",
        ["The setting Authentication:Users names this user.", "The user is the built-in one of the Development environment."],
        PutUser);

    public static readonly ProblemType ChangedMeanwhile = new(
        "changed-meanwhile", 409, "The user was changed at the same time",
        "Somebody else changed the user, for example the password, while the request was running. Nothing was stored. Log in again.",
        ["An administrator changed the user.", "The user changes the password in two places at once."],
        PutUser);

    public static readonly ProblemType TooManyAccounts = new(
        "too-many-accounts", 409, "Too many accounts",
        "The service stores at most 10,000 each of users, API keys and OAuth clients. Nothing was stored. The list of keys shows when each was last used.",
        ["Unused ones are never deleted."],
        "curl -i -u 'user:password' http://127.0.0.1:5000/api-keys");

    public static readonly ProblemType TooManyFailedLogIns = new(
        "too-many-failed-log-ins", 429, "Too many failed logins",
        "Failed logins are counted by address, and by user and address. Retry-After says when to try again.",
        ["A program keeps sending a password that has been changed.", "Somebody is guessing passwords from this address."],
        "curl -i -u 'user:password' http://127.0.0.1:5000/hello_world");

    public static readonly ProblemType IssuerUnavailable = new(
        "issuer-unavailable", 503, "The token issuer is not responding",
        "The token names a signing key that the service does not have yet, and the issuer is not responding. The service cannot tell whether the token is valid; Retry-After says when the issuer will be asked again. Tokens with known keys, passwords and API keys still work.",
        ["The issuer in the setting Authentication:OAuth:Authority is down, or cannot be reached from here.", "Its metadata document names another issuer, or cannot be read."],
        "curl -i -u 'user:password' http://127.0.0.1:5000/films/1");

    public static readonly IReadOnlyList<ProblemType> All =
        [HostNotAllowed, CrossSite, InvalidArguments, InsecureLogIn, ConfiguredUser, ChangedMeanwhile, TooManyAccounts, TooManyFailedLogIns, IssuerUnavailable];
}
