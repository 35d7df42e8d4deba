using FilmService.Api.Http.Problems;

namespace FilmService.Api.Backups;

internal static class BackupProblems
{
    private const string List = "curl -i -u 'user:password' http://127.0.0.1:5000/backups";

    public static readonly ProblemType Running = new(
        "backup-running", 409, "A backup is being made",
        "Another backup is being made, and only one is made at a time. Nothing was done. The list shows it once it is verified.",
        ["The request was repeated before the first one was answered.", "A scheduled backup (the setting Backups:Schedule) is being made."],
        List);

    public static readonly ProblemType RangeNotSatisfiable = new(
        "range-not-satisfiable", 416, "The range does not exist",
        "The Range header asks for bytes after the end of the file. Content-Range has the file's size.",
        ["The file is already downloaded completely."],
        List);

    public static readonly ProblemType Failed = new(
        "backup-failed", 500, "The backup failed",
        "No backup was made, or the backups cannot be read or deleted; 'detail' says why. Nothing is left of a backup that failed. The catalogue is not affected.",
        ["The disk of the backups (the setting Backups:Folder) is full, read-only or missing.", "The service's user may not write the folder.", "A disk returns other bytes than were written."],
        List);

    public static readonly IReadOnlyList<ProblemType> All = [Running, RangeNotSatisfiable, Failed];
}
