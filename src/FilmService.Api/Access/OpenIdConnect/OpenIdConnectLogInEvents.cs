using System.Security.Claims;
using FilmService.Api.Access.OAuth;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Access.OpenIdConnect;

/// <summary>What the issuer said of a login.</summary>
/// <param name="Token">The claims of a valid ID token; null if there is none.</param>
/// <param name="To">Where the login leads.</param>
/// <param name="Failure">Why there is none.</param>
internal sealed record IssuerAnswer(ClaimsPrincipal? Token, string To, Problem? Failure)
{
    /// <summary>The answer to a request; null before there is one.</summary>
    public static IssuerAnswer? Of(HttpContext context) => context.Features.Get<IssuerAnswer>();
}

/// <summary>Keeps the handler's result for the action, in place of the handler's own responses.</summary>
internal sealed partial class OpenIdConnectLogInEvents(IssuerConfiguration issuer, OpenIdConnectSettings settings, ILogger<OpenIdConnectLogInEvents> logger) : OpenIdConnectEvents
{
    // Room for the hundreds of groups that a token can contain.
    private const int TokenMaxLength = 100_000;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    // It may have become unreadable since the login began, if the service was restarted.
    public override async Task AuthorizationCodeReceived(AuthorizationCodeReceivedContext context)
    {
        if (await issuer.UnavailableForAsync() is { } wait)
        {
            context.Fail(new ProblemException(OpenIdConnectProblems.NotResponding(wait)));
        }
    }

    // The handler accepts a token without a signature if it comes from the token endpoint itself (OpenID Connect Core 1.0 §3.1.3.7).
    public override async Task TokenResponseReceived(TokenResponseReceivedContext context)
    {
        if (AccessTokenRules.Read(context.TokenEndpointResponse.IdToken ?? "", TokenMaxLength) is { } token && IssuerConfiguration.Algorithms.Contains(token.Alg))
        {
            await issuer.LookForKeyAsync(token.Kid);
        }
        else
        {
            context.Fail(new SecurityTokenException("The token endpoint returned no ID token that is signed with an accepted algorithm."));
        }
    }

    public override Task TicketReceived(TicketReceivedContext context)
    {
        context.HandleResponse();
        return KeepAsync(context.HttpContext, new(context.Principal, context.ReturnUri!, null));
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        return KeepAsync(context.HttpContext, new(null, "", OpenIdConnectProblems.Denied));
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        var problem = ProblemOf(context.Failure!);
        if (problem.Type.Status >= StatusCodes.Status500InternalServerError && !context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            LogFailure(FailureReason.Of(context.Failure!, settings.ClientSecret, context.Request.Query["code"].ToString()));
        }

        return KeepAsync(context.HttpContext, new(null, "", problem));
    }

    // 'invalid_grant': the code was used before, or has expired (RFC 6749 §5.2). The framework's own failures concern state and cookies.
    private Problem ProblemOf(Exception failure) => failure switch
    {
        SecurityTokenSignatureKeyNotFoundException when issuer.UnreadableFor is { } wait => OpenIdConnectProblems.NotResponding(wait),

        ProblemException own => own.Problem,
        HttpRequestException or OperationCanceledException or IOException => OpenIdConnectProblems.NotResponding(Pause),
        OpenIdConnectProtocolException when failure.Data["error"] is "invalid_grant" => OpenIdConnectProblems.Again,
        AuthenticationFailureException => OpenIdConnectProblems.Again,
        _ => OpenIdConnectProblems.InvalidAnswer,
    };

    private static Task KeepAsync(HttpContext context, IssuerAnswer answer)
    {
        context.Features.Set(answer);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A login at the identity provider failed: {Reason}")]
    private partial void LogFailure(string reason);
}
