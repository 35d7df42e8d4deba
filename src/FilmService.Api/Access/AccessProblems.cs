using FilmService.Api.Http.Problems;

namespace FilmService.Api.Access;

/// <summary>The kinds of error that log-in and administration answer with.</summary>
internal static class AccessProblems
{
    private const string PutUser =
        "curl -i -u 'user:password' -X PUT http://127.0.0.1:5000/users/ann -H 'Content-Type: application/json' -d '{\"password\":\"correct horse battery\",\"scopes\":[\"films:write\"]}'";

    public static readonly ProblemType HostNotAllowed = new(
        "host-not-allowed", 400, "The host name is not allowed",
        "On the loopback address the service answers only to the names of this machine itself, so that a web page cannot reach it under a name of its own.",
        ["The request's Host is not localhost, 127.0.0.1 or [::1].", "A proxy on this machine passes its own Host on: name it in the setting AllowedHosts."],
        "curl -i http://127.0.0.1:5000/films");

    public static readonly ProblemType CrossSite = new(
        "cross-site-write", 403, "Writes from other sites are not allowed",
        "A browser says that this write comes from a web page of another site. Only origins that are configured may write.",
        ["The request's Origin or Sec-Fetch-Site names another site.", "The page's origin is missing in the setting Cors:Origins."],
        "curl -i -X PUT http://127.0.0.1:5000/films/3 -H 'Content-Type: application/json' -d '{\"name\":\"Up\",\"year\":2009,\"month\":\"May\"}'");

    public static readonly ProblemType InvalidArguments = new(
        "invalid-arguments", 400, "The arguments are not valid",
        "Some arguments break the rules of this address. The member 'errors' names each of them with what is wrong. Nothing was stored.",
        ["A member is missing, unknown, given twice, or of another type.", "A scope is not films:read, films:write or admin.", "A password has fewer than 8 characters."],
        PutUser);

    public static readonly ProblemType InsecureLogIn = new(
        "insecure-log-in", 403, "Log-in needs HTTPS",
        "A password or a client's secret over plain HTTP can be read on the way, so it is taken only over HTTPS, on the machine itself, or behind a configured proxy.",
        ["The address begins with http:// and is not of this machine.", "A proxy in front is missing in the setting ForwardedHeaders:KnownProxies."],
        "curl -i -u 'user:password' http://127.0.0.1:5000/hello_world");

    public static readonly ProblemType ConfiguredUser = new(
        "configured-user", 409, "The user is configured",
        "Users of the settings win over stored ones, and are changed there.",
        ["The setting Authentication:Users names this user.", "The user is the one of a plain start on a developer's machine."],
        PutUser);

    public static readonly ProblemType TooManyAccounts = new(
        "too-many-accounts", 409, "There are too many of them",
        "The service keeps at most 10,000 users, API keys and OAuth clients each. Nothing was stored. The list shows when each key was last used.",
        ["Old ones are not deleted."],
        "curl -i -u 'user:password' http://127.0.0.1:5000/api-keys");

    public static readonly ProblemType TooManyFailedLogIns = new(
        "too-many-failed-log-ins", 429, "Too many failed log-ins",
        "Log-ins that fail are counted by address, and by user and address. Retry-After says when to try again.",
        ["A program sends a password that has been changed.", "Somebody guesses passwords from this address."],
        "curl -i -u 'user:password' http://127.0.0.1:5000/hello_world");

    public static readonly ProblemType IssuerUnavailable = new(
        "issuer-unavailable", 503, "The issuer of access tokens does not answer",
        "The token names a key that is not known yet, and the issuer, which has it, does not answer. Whether the token is valid cannot be told; Retry-After says when the issuer is asked again. Tokens of known keys, passwords and API keys are taken as ever.",
        ["The issuer of the setting Authentication:OAuth:Authority is down, or cannot be reached from here.", "Its document names another issuer, or cannot be read."],
        "curl -i -u 'user:password' http://127.0.0.1:5000/films/1");

    public static readonly IReadOnlyList<ProblemType> All =
        [HostNotAllowed, CrossSite, InvalidArguments, InsecureLogIn, ConfiguredUser, TooManyAccounts, TooManyFailedLogIns, IssuerUnavailable];
}
