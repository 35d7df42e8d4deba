using FilmService.Api.Access;
using FilmService.Api.Access.OpenIdConnect;
using FilmService.Api.Audit;
using FilmService.Api.Backups;
using FilmService.Api.Changes;
using FilmService.Api.Films;
using FilmService.Api.Http.Problems;
using FilmService.Api.Import;
using FilmService.Api.RateLimiting;
using FilmService.Api.Search;
using FilmService.Api.Webhooks;

namespace FilmService.Api.Pages;

/// <summary>Every problem type of the service, ordered by status.</summary>
internal static class ProblemCatalog
{
    public static readonly IReadOnlyList<ProblemType> All =
    [
        .. ProblemTypes.All.Concat(FilmProblems.All).Concat(ImportProblems.All).Concat(ChangeProblems.All).Concat(AccessProblems.All).Concat(OpenIdConnectProblems.All).Concat(RateLimitProblems.All)
            .Concat(SearchProblems.All).Concat(WebhookProblems.All).Concat(AuditProblems.All).Concat(BackupProblems.All)
            .OrderBy(type => type.Status),
    ];
}
