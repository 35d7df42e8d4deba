using FilmService.Api.Access.OAuth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;

namespace FilmService.Api.Access.Authentication;

/// <summary>Access tokens (RFC 6750, RFC 9068) of the one issuer that is believed.</summary>
internal static class AccessTokenAuthentication
{
    public const string Scheme = JwtBearerDefaults.AuthenticationScheme;

    public static AuthenticationBuilder AddAccessTokenLogIn(this AuthenticationBuilder authentication)
    {
        authentication.AddJwtBearer(Scheme, _ => { });
        authentication.Services.AddOptions<JwtBearerOptions>(Scheme).Configure<ITokenIssuer, TimeProvider>(Configure);
        return authentication;
    }

    private static void Configure(JwtBearerOptions options, ITokenIssuer issuer, TimeProvider clock)
    {
        options.ConfigurationManager = issuer;
        options.RefreshOnIssuerKeyNotFound = false;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.TokenValidationParameters = AccessTokenRules.Create(issuer, clock);
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = context => ReceiveAsync(context, issuer),
            OnTokenValidated = context => LetIn(context, issuer),
        };
    }

    // By itself the handler asks for new keys when it has refused a token for their want. Here they come first, so that
    // no valid token fails when its issuer has changed keys.
    private static async Task ReceiveAsync(MessageReceivedContext context, ITokenIssuer issuer)
    {
        if (AccessTokenRules.Read(Credential.Of(context.Request).Value) is not { } token)
        {
            context.Fail("The token is not a signed JWT.");
            return;
        }

        await issuer.LookForKeyAsync(token.Kid);
        context.Token = token.EncodedToken;
    }

    private static Task LetIn(TokenValidatedContext context, ITokenIssuer issuer)
    {
        if (issuer.CallerOf((JsonWebToken)context.SecurityToken) is { } caller)
        {
            context.HttpContext.Features.Set(caller);
        }
        else
        {
            context.Fail("The token is of no client.");
        }

        return Task.CompletedTask;
    }
}
