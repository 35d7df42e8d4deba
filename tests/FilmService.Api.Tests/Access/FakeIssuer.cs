using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Tests.Access;

/// <summary>An external issuer that a test controls. It counts the requests for its keys, and gives an ID token for each code, whose text is the token's nonce.</summary>
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

    /// <summary>The number of requests for its keys.</summary>
    public int Asked => _asked;

    /// <summary>Answers instead of its documents; null to serve them.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    /// <summary>Comes before each answer, such as a pause.</summary>
    public Func<HttpContext, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>The <c>issuer</c> in its document; null for its own name.</summary>
    public string? Names { get; set; }

    /// <summary>True if its document has moved, which it answers with a redirect.</summary>
    public bool HasMoved { get; set; }

    /// <summary>The number of spaces after its document.</summary>
    public int Padding { get; set; }

    /// <summary>Changes its ID tokens.</summary>
    public Action<SecurityTokenDescriptor> Says { get; set; } = _ => { };

    /// <summary>Answers at the token endpoint instead of an ID token.</summary>
    public Func<HttpContext, Task>? InsteadOfTokens { get; set; }

    /// <summary>Changes its metadata document.</summary>
    public Func<string, string> Describes { get; set; } = document => document;

    /// <summary>The forms that were sent to its token endpoint.</summary>
    public ConcurrentQueue<IFormCollection> Redeemed { get; } = [];

    /// <summary>
    /// The path of its metadata, ending in <c>openid-configuration</c> or <c>oauth-authorization-server/tenant</c>.
    /// </summary>
    public string Document { get; set; } = "/tenant/.well-known/openid-configuration";

    public string Name => Root + "/tenant";

    private string Root => _app.Urls.First();

    public static async Task<FakeIssuer> StartAsync(TimeProvider clock)
    {
        var issuer = new FakeIssuer(clock);
        await issuer._app.StartAsync();
        return issuer;
    }

    public void Rotate()
    {
        _pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _generation++;
    }

    /// <summary>A token according to RFC 9068, unless it is changed.</summary>
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

    /// <summary>An ID token (OpenID Connect Core 1.0 §2) for this nonce.</summary>
    public string IdToken(string nonce) => Token(token =>
    {
        (token.TokenType, token.Audience) = ("JWT", "films");
        token.Claims = new Dictionary<string, object> { ["sub"] = "248289761001", ["nonce"] = nonce, ["preferred_username"] = "ann@example.com", ["roles"] = new[] { "film-editors", "staff" } };
        Says(token);
    });

    /// <summary>A token signed with its RSA key by this algorithm.</summary>
    public string RsaToken(string algorithm) =>
        Token(token => token.SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = "rsa" }, algorithm));

    /// <summary>Stops listening, like an issuer that is down.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <summary>Its public key, which everybody has, used as a shared secret.</summary>
    public SigningCredentials SharedSecret() => new(new SymmetricSecurityKey(_pair.ExportSubjectPublicKeyInfo()) { KeyId = "shared" }, "HS256");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        await Before(context);
        if (context.Request.Path == "/keys")
        {
            Interlocked.Increment(ref _asked);
        }

        await (Instead is { } instead ? instead(context)
            : context.Request.Path == "/keys" ? context.Response.WriteAsync(Keys())
            : context.Request.Path == "/token" ? RedeemAsync(context)
            : context.Request.Path == (HasMoved ? "/moved" : Document)
                ? context.Response.WriteAsync(Describes($$"""{"issuer":"{{Names ?? Name}}","jwks_uri":"{{Root}}/keys","authorization_endpoint":"{{Root}}/authorize","token_endpoint":"{{Root}}/token"}{{new string(' ', Padding)}}"""))
            : context.Request.Path == Document ? Moved(context)
            : NotFound(context));
    }

    private async Task RedeemAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        Redeemed.Enqueue(form);
        if (InsteadOfTokens is { } instead)
        {
            await instead(context);
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"access_token":"x","token_type":"Bearer","expires_in":60,"id_token":"{{IdToken(form["code"].ToString())}}"}""");
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
