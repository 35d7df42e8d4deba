using FilmService.Api.Ui.Administration;
using FilmService.Domain.Audit;

namespace FilmService.Api.Ui.AuditLog;

/// <summary>A part of the audit log, the newest entry first.</summary>
/// <param name="Older">The entry before which there are older ones; null if there are none.</param>
/// <param name="IsNewest">True if it begins with the newest entry.</param>
/// <param name="Now">The time, to say how long ago they were recorded.</param>
public sealed record AuditPageModel(IReadOnlyList<AuditEntry> Entries, long? Older, bool IsNewest, DateTimeOffset Now) : AdministrationModel("Audit log", UiAddress.Audit);
