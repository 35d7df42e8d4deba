using System.Security.Cryptography;
using System.Text;

namespace FilmService.Api.Http;

/// <summary>A page's inline style; the content security policy allows it by its hash (CSP 3, §6.7.3.3).</summary>
internal sealed record PageStyle(string Css)
{
    /// <summary>The element for the page's head.</summary>
    public string Element { get; } = $"<style>{Css}</style>";

    /// <summary>The source for <c>style-src</c> in the policy.</summary>
    public string Source => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'";
}
