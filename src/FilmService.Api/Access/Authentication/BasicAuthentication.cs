using FilmService.Api.Http;
using FilmService.Api.Http.Problems;
using idunno.Authentication.Basic;
using Microsoft.AspNetCore.Authentication;

namespace FilmService.Api.Access.Authentication;

/// <summary>HTTP Basic (RFC 7617) with the service's users.</summary>
internal static class BasicAuthentication
{
    public const string Scheme = BasicAuthenticationDefaults.AuthenticationScheme;

    public static AuthenticationBuilder AddBasicLogIn(this AuthenticationBuilder authentication) => authentication.AddBasic(Scheme, options =>
    {
        options.Realm = Challenges.Realm;
        options.AllowInsecureProtocol = true;
        options.AdvertiseEncodingPreference = true;
        options.EncodingPreference = EncodingPreference.Utf8;
        options.Events = new BasicAuthenticationEvents { OnValidateCredentials = ValidateAsync };
    });

    private static async Task ValidateAsync(ValidateCredentialsContext context)
    {
        var (http, passwords) = (context.HttpContext, context.HttpContext.RequestServices.GetRequiredService<PasswordAuthentication>());
        if (!SecureTransport.IsPrivate(http))
        {
            context.Fail(new ProblemException(SecureTransport.Insecure));
            return;
        }

        var result = await passwords.LogInAsync(http.Connection.RemoteIpAddress, Credential.Of(http.Request).Value, context.Username, context.Password);
        if (result.Caller is { } caller)
        {
            if (result.IsNew)
            {
                http.RequestServices.GetRequiredService<LoginAudit>().AddPassword(http.Connection.RemoteIpAddress, caller.CallerName());
            }

            context.Principal = caller;
            context.Success();
        }
        else if (result.Wait is { } wait)
        {
            context.Fail(new ProblemException(FailedLoginLimiter.TooMany(wait)));
        }
    }
}
