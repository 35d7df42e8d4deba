using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FilmService.Api.Access.OAuth;

/// <summary>
/// The built-in issuer's name (<c>iss</c>) and the audience of its tokens: from settings or the listening address, never from a
/// request.
/// </summary>
internal sealed class IssuerName(OAuthSettings settings, IServer server)
{
    private string? _name;

    /// <summary>The name, a URL without a trailing slash.</summary>
    public string Value => _name ??= (settings.Issuer ?? FirstAddress()).TrimEnd('/');

    /// <summary>The <c>aud</c> of its tokens.</summary>
    public string Audience => settings.Audience ?? Value;

    private string FirstAddress()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://127.0.0.1:5000";
        return address.Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal);
    }
}
