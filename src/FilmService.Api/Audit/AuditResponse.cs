using FilmService.Api.Http.Results;
using FilmService.Domain.Audit;

namespace FilmService.Api.Audit;

/// <summary>A page of the audit log.</summary>
/// <param name="Items">The entries, oldest first.</param>
/// <param name="Next">The URL of the entries after the last one in the response, even if there are none yet.</param>
public sealed record AuditResponse(IReadOnlyList<AuditItem> Items, string Next);

/// <summary>Something that a caller did.</summary>
/// <param name="Id">Its number: each is greater by one than the one before.</param>
/// <param name="At">When; for failed logins the minute in which they failed.</param>
/// <param name="By">The caller's name; null for failed logins, and for commands on the machine.</param>
/// <param name="Method">How the caller logged in: `basic`, `session`, `oidc`, `api-key` or `token`; null if nobody is logged in.</param>
/// <param name="From">The address that the request came from; null for several, and for a Unix socket.</param>
/// <param name="Action">What was done, such as `user.saved`.</param>
/// <param name="Target">What it was done to, such as a user's name or a key's id; null if there is nothing to name.</param>
/// <param name="Detail">More about it; null if there is no more.</param>
/// <param name="Count">How many logins failed, how many films an import changed, or how many a reindexing found; null for others.</param>
public sealed record AuditItem(long Id, string At, string? By, string? Method, string? From, string Action, string? Target, string? Detail, long? Count)
{
    internal static AuditItem Of(AuditEntry entry) => new(
        entry.Id, entry.Event.At.ToText(), entry.Event.By, entry.Event.Method, entry.Event.From, entry.Event.Action, entry.Event.Target, entry.Event.Detail,
        entry.Event.Count);
}
