using FilmService.Api.Http.Problems;

namespace FilmService.Api.Import;

/// <summary>The kinds of error that imports answer with.</summary>
internal static class ImportProblems
{
    public static readonly ProblemType ImportFaults = new(
        "import-faults", 400, "The import has faults",
        "Some lines of the import cannot be carried out, so none was: an import is all or nothing. The member 'lines' has the first 100 of them with what is wrong, 'lineErrorCount' counts all. Lines count from 1; a table's header is line 1, and in a JSON array each element is a line.",
        ["A line breaks the film's rules.", "A film of the line's id exists already: 'onConflict' says what becomes of it (skip, replace or merge).", "A table has no column for the name or the year, or a column twice.", "To leave such lines out and import the others, send 'onError=skip'."],
        "curl -i 'http://127.0.0.1:5000/films?onConflict=replace' -H 'Content-Type: application/x-ndjson' -d '{\"Id\":\"3\",\"Name\":\"Up\",\"Year\":2009,\"Month\":\"May\"}'");

    public static readonly ProblemType TooManyImports = new(
        "too-many-imports", 429, "Too many imports",
        "As many imports are received or carried out as the service takes at a time (the setting Imports:MaxAtOnce). Nothing of this one was read. Retry-After says when to try again.",
        ["Many programs import at the same time, though one import is carried out after the other.", "Uploads stand still and are not ended."],
        "curl -i http://127.0.0.1:5000/films -H 'Content-Type: application/x-ndjson' -d '{\"Name\":\"Up\",\"Year\":2009,\"Month\":\"May\"}'");

    public static readonly IReadOnlyList<ProblemType> All = [ImportFaults, TooManyImports];
}
