using System.Security.Cryptography;
using System.Text;

namespace FilmService.Api.Http;

/// <summary>The style of a page, which stands in it; the page's policy allows it by its hash (CSP 3, §6.7.3.3).</summary>
/// <param name="Css">The rules.</param>
internal sealed record PageStyle(string Css)
{
    /// <summary>The element for the page's head.</summary>
    public string Element { get; } = $"<style>{Css}</style>";

    /// <summary>The source for the policy's <c>style-src</c>.</summary>
    public string Source => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'";
}
