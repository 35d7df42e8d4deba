using FilmService.Api.Access.OAuth;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.Authentication;

/// <summary>Access tokens (RFC 6750, RFC 9068) of the one trusted issuer.</summary>
internal static class AccessTokenAuthentication
{
    public const string Scheme = JwtBearerDefaults.AuthenticationScheme;

    public static AuthenticationBuilder AddAccessTokenLogIn(this AuthenticationBuilder authentication)
    {
        authentication.AddJwtBearer(Scheme, _ => { });
        authentication.Services.AddOptions<JwtBearerOptions>(Scheme).Configure<ITokenIssuer, FailedLoginLimiter, TimeProvider>(Configure);
        return authentication;
    }

    private static void Configure(JwtBearerOptions options, ITokenIssuer issuer, FailedLoginLimiter failures, TimeProvider clock)
    {
        options.ConfigurationManager = issuer;
        options.RefreshOnIssuerKeyNotFound = false;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.TokenValidationParameters = AccessTokenRules.Create(issuer, clock);
        options.Events = new AccessTokenEvents(issuer, failures, clock);
    }
}

/// <summary>
/// Finds the caller of a token. A valid token is cached under a keyed hash for a minute, but not past its expiry, because
/// verifying a signature costs more than a request. For the same reason no signature is verified for an address with too many
/// failed logins, unless the token was valid recently.
/// </summary>
internal sealed class AccessTokenEvents(ITokenIssuer issuer, FailedLoginLimiter failures, TimeProvider clock) : JwtBearerEvents
{
    private const int Capacity = 10_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    // Tokens that were valid recently are verified however many others fail from the same address.
    private static readonly TimeSpan Trusted = TimeSpan.FromHours(1);

    private readonly ExpiringCache<Entry> _memory = new(Capacity, Trusted, clock);

    // By default the handler fetches new keys only after it has rejected a token because its key is missing. Here the keys come
    // first, so that no valid token fails when its issuer rotates keys.
    public override async Task MessageReceived(MessageReceivedContext context)
    {
        var text = Credential.Of(context.Request).Value;
        var known = _memory.Find(KeyedHash.Of(text));
        if (IsCurrent(known))
        {
            context.Principal = known!.Caller;
            context.Success();
        }
        else if (known is null && failures.WaitOf(context.HttpContext.Connection.RemoteIpAddress) is { } wait)
        {
            context.Fail(new ProblemException(FailedLoginLimiter.TooMany(wait)));
        }
        else if (AccessTokenRules.Read(text) is { } token)
        {
            await issuer.LookForKeyAsync(token.Kid);
            context.Token = token.EncodedToken;
        }
        else
        {
            context.Fail("The token is not a signed JWT.");
        }
    }

    public override Task TokenValidated(TokenValidatedContext context)
    {
        var token = (JsonWebToken)context.SecurityToken;
        if (issuer.CallerOf(token) is { } caller)
        {
            context.Principal = caller;
            _memory.Keep(KeyedHash.Of(token.EncodedToken), new Entry(caller, clock.GetTimestamp()));
        }
        else
        {
            context.Fail("The token belongs to no known client.");
        }

        return Task.CompletedTask;
    }

    public override Task AuthenticationFailed(AuthenticationFailedContext context)
    {
        if (context.Exception is SecurityTokenSignatureKeyNotFoundException && issuer.UnreadableFor is { } wait)
        {
            context.Fail(Unreadable(wait));
        }

        return Task.CompletedTask;
    }

    private bool IsCurrent(Entry? entry) =>
        entry is { Caller: var caller, At: var at } && clock.GetElapsedTime(at) < Remembered
        && caller.ExpiresAt > clock.GetUtcNow() && !caller.IsRevoked;

    private static ProblemException Unreadable(TimeSpan wait)
    {
        var seconds = FailedLoginLimiter.RetryAfter(wait);
        return new(new Problem(AccessProblems.IssuerUnavailable, $"The token issuer is not responding. Try again in {seconds} seconds.")
        {
            Fields = new Dictionary<string, string> { ["Retry-After"] = seconds, ["Cache-Control"] = "no-store" },
        });
    }

    private sealed record Entry(Caller Caller, long At);
}
