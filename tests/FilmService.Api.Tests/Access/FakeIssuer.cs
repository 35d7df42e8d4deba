using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Tests.Access;

/// <summary>An outside issuer that does what a test wants, and counts how often its keys are asked for.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    private readonly WebApplication _app = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"]).Build();
    private readonly TimeProvider _clock;
    private readonly RSA _rsa = RSA.Create(2048);
    private ECDsa _pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private int _generation = 1;
    private int _asked;

    private FakeIssuer(TimeProvider clock)
    {
        _clock = clock;
        _app.Map("/{**path}", AnswerAsync);
    }

    /// <summary>How often its keys were asked for.</summary>
    public int Asked => _asked;

    /// <summary>What it answers in place of its documents; null for those.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    /// <summary>The <c>issuer</c> that its document names; null for its own.</summary>
    public string? Names { get; set; }

    /// <summary>True when its document is elsewhere, as it tells whoever asks.</summary>
    public bool HasMoved { get; set; }

    /// <summary>Spaces after its document.</summary>
    public int Padding { get; set; }

    /// <summary>Which of its documents it has: <c>openid-configuration</c> or <c>oauth-authorization-server/tenant</c>.</summary>
    public string Document { get; set; } = "/tenant/.well-known/openid-configuration";

    /// <summary>Its name.</summary>
    public string Name => Root + "/tenant";

    private string Root => _app.Urls.First();

    public static async Task<FakeIssuer> StartAsync(TimeProvider clock)
    {
        var issuer = new FakeIssuer(clock);
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>Replaces its key.</summary>
    public void Rotate()
    {
        _pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _generation++;
    }

    /// <summary>A token as RFC 9068 says, unless a change makes it another.</summary>
    public string Token(Action<SecurityTokenDescriptor>? change = null)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_pair) { KeyId = $"key-{_generation}" }, "ES256"),
            Issuer = Name,
            Audience = "films-api",
            IssuedAt = now,
            Expires = now.AddHours(2),
            Claims = new Dictionary<string, object> { ["sub"] = "ann", ["client_id"] = "app", ["scope"] = "openid films:read", ["jti"] = Guid.NewGuid().ToString() },
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    /// <summary>A token that its RSA key signs in this way.</summary>
    public string RsaToken(string algorithm) =>
        Token(token => token.SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = "rsa" }, algorithm));

    /// <summary>Stops listening, as an issuer does that is down.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <summary>A key of its own as a shared secret: its public half, which everybody has.</summary>
    public SigningCredentials SharedSecret() => new(new SymmetricSecurityKey(_pair.ExportSubjectPublicKeyInfo()) { KeyId = "shared" }, "HS256");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/keys")
        {
            Interlocked.Increment(ref _asked);
        }

        return Instead is { } instead ? instead(context)
            : context.Request.Path == "/keys" ? context.Response.WriteAsync(Keys())
            : context.Request.Path == (HasMoved ? "/moved" : Document)
                ? context.Response.WriteAsync($$"""{"issuer":"{{Names ?? Name}}","jwks_uri":"{{Root}}/keys"}{{new string(' ', Padding)}}""")
            : context.Request.Path == Document ? Moved(context)
            : NotFound(context);
    }

    private static Task Moved(HttpContext context)
    {
        context.Response.Redirect("/moved");
        return Task.CompletedTask;
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private string Keys()
    {
        var point = _pair.ExportParameters(includePrivateParameters: false).Q;
        var secret = Base64UrlEncoder.Encode(_pair.ExportSubjectPublicKeyInfo());
        var rsa = _rsa.ExportParameters(includePrivateParameters: false);
        return $$"""
            {"keys":[{"kty":"RSA","use":"sig","kid":"rsa","n":"{{Base64UrlEncoder.Encode(rsa.Modulus)}}","e":"{{Base64UrlEncoder.Encode(rsa.Exponent)}}"},
            {"kty":"EC","crv":"P-256","use":"sig","kid":"key-{{_generation}}","x":"{{Base64UrlEncoder.Encode(point.X)}}","y":"{{Base64UrlEncoder.Encode(point.Y)}}"},
            {"kty":"oct","kid":"shared","k":"{{secret}}"}]}
            """;
    }
}
