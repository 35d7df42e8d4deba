using System.Net;
using FilmService.Api.Http;
using FilmService.Domain.Audit;

namespace FilmService.Api.Audit;

internal static class AuditedRequest
{
    /// <summary>What the caller of this request does, for the audit log. Nothing of it may be secret.</summary>
    /// <param name="context">The request: who, how logged in, and from where.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="target">What it is done to; null if that gets its id only when it is created.</param>
    /// <param name="detail">More about it, in a few words.</param>
    public static AuditEvent Audit(this HttpContext context, string action, string? target = null, string? detail = null) => new(
        context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(), context.User.CallerName(), context.User.LogInMethod(),
        AddressOf(context.Connection.RemoteIpAddress), action)
    {
        Target = target,
        Detail = detail,
    };

    /// <summary>An address as the log shows it; null for a Unix socket.</summary>
    public static string? AddressOf(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
}
