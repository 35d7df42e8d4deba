using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using FilmService.Api.Access.OAuth;
using FilmService.Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Tests.Access;

/// <summary>A token built part by part and signed with the service's own key, for tokens that no library would make.</summary>
internal sealed class RawToken
{
    private readonly SigningCredentials _signer;

    private RawToken(SigningCredentials signer) => _signer = signer;

    /// <summary>The header of a valid token; <c>KID</c> is replaced with the key's id.</summary>
    public string Header { get; set; } = """{"alg":"ES256","typ":"at+jwt","kid":"KID"}""";

    public string Payload { get; set; } = "";

    /// <summary>A token of a new client of this service, valid for five minutes from now.</summary>
    public static async Task<RawToken> CreateAsync(FilmServiceHost host, HttpClient client, DateTimeOffset now, string issuer)
    {
        var (id, _) = await client.CreateOAuthClientAsync("films:read");
        var (from, to) = (now.ToUnixTimeSeconds(), now.AddMinutes(5).ToUnixTimeSeconds());
        return new RawToken(await host.Services.GetRequiredService<SigningKeys>().GetSignerAsync())
        {
            Payload = $$"""{"iss":"{{issuer}}","aud":"{{issuer}}","sub":"{{id}}","client_id":"{{id}}","scope":"films:read","nbf":{{from}},"iat":{{from}},"exp":{{to}}}""",
        };
    }

    /// <summary>Sets a member of the payload to a JSON value.</summary>
    public RawToken With(string member, string value)
    {
        Payload = System.Text.RegularExpressions.Regex.Replace(Payload, $"\"{member}\":(\"[^\"]*\"|[0-9]+)", $"\"{member}\":{value}");
        return this;
    }

    public override string ToString() => $"{Signed}.{Encode(Sign(DSASignatureFormat.IeeeP1363FixedFieldConcatenation))}";

    /// <summary>With the signature in ASN.1 form, which JWS does not allow.</summary>
    public string ToTextWithAsn1() => $"{Signed}.{Encode(Sign(DSASignatureFormat.Rfc3279DerSequence))}";

    private string Signed => $"{Encode(Encoding.UTF8.GetBytes(Header.Replace("KID", _signer.Key.KeyId, StringComparison.Ordinal)))}.{Encode(Encoding.UTF8.GetBytes(Payload))}";

    private byte[] Sign(DSASignatureFormat format) =>
        ((ECDsaSecurityKey)_signer.Key).ECDsa.SignData(Encoding.ASCII.GetBytes(Signed), HashAlgorithmName.SHA256, format);

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
