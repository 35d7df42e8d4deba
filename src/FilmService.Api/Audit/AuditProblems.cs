using FilmService.Api.Http.Problems;

namespace FilmService.Api.Audit;

internal static class AuditProblems
{
    public static readonly ProblemType NotKept = new(
        "audit-not-kept", 410, "The entries are not kept",
        "The audit log does not have all entries after the given number. Start again without 'since', with the oldest entry.",
        ["Entries older than the setting Audit:KeepDays were deleted.", "The database was replaced by an older copy, whose numbers do not go that far."],
        "curl -i -u 'user:password' http://127.0.0.1:5000/audit");

    public static readonly IReadOnlyList<ProblemType> All = [NotKept];
}
