using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.Sessions;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;

namespace FilmService.Api.Access.OpenIdConnect;

/// <summary>Logs people in at an external issuer. Between the two requests nothing is kept here: the browser carries it, encrypted.</summary>
internal sealed class OpenIdConnectLogIn(OpenIdConnectSettings settings, SessionLogIn sessions, LogInAttempts attempts, IServiceProvider services)
{
    /// <summary>Leads the browser to the issuer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="to">Where the login leads in the end, see <see cref="ReturnAddress"/>.</param>
    /// <returns>The problem if it cannot; null once the response is set.</returns>
    public async Task<Problem?> BeginAsync(HttpContext context, string to)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!SecureTransport.IsPrivate(context))
        {
            return SecureTransport.Insecure;
        }

        if (await Client.UnavailableForAsync() is { } wait)
        {
            return OpenIdConnectProblems.NotResponding(wait);
        }

        LogInCookies.DeleteMany(context);
        await (await Client.HandlerForAsync(context)).ChallengeAsync(Client.PropertiesFor(to));
        return null;
    }

    /// <summary>Starts a session if the issuer has confirmed the login with which the browser comes back.</summary>
    /// <returns>What the issuer said, with the problem if there is no session.</returns>
    public async Task<IssuerAnswer> CompleteAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!SecureTransport.IsPrivate(context))
        {
            return new(null, "", SecureTransport.Insecure);
        }

        await (await Client.HandlerForAsync(context)).HandleRequestAsync();
        var answer = IssuerAnswer.Of(context) ?? new(null, "", OpenIdConnectProblems.Again);
        var person = answer.Token is { } token ? OpenIdConnectPerson.Of(token, settings.Claims) : null;
        answer = answer with { Failure = answer.Failure ?? person?.Refusal };
        attempts.End(context, answer.Failure);
        context.RequestAborted.ThrowIfCancellationRequested();
        await (person is null ? Task.CompletedTask : StartAsync(context, person));
        return answer;
    }

    private OpenIdConnectClient Client => services.GetRequiredService<OpenIdConnectClient>();

    // Sessions from before the issuer took the person's roles away end.
    private Task StartAsync(HttpContext context, OpenIdConnectPerson person) => person.Refusal is null
        ? sessions.StartAsync(context, new ExternalPerson(person.Name, person.Scopes, settings.Terms))
        : services.GetRequiredService<SessionDirectory>().EndAllAsync(person.Name);
}
