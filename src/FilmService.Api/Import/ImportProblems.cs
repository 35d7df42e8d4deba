using FilmService.Api.Http.Problems;

namespace FilmService.Api.Import;

internal static class ImportProblems
{
    public static readonly ProblemType ImportFaults = new(
        "import-faults", 400, "The import has errors",
        "Some lines of the import are invalid, so nothing was stored: an import is all or nothing. The member 'lines' lists the first 100 of them and says what is wrong; 'lineErrorCount' is their total number. Lines count from 1; a CSV header is line 1, and in a JSON array each element is a line.",
        ["A line is not a valid film.", "A film with the line's id already exists: set 'onConflict' to skip, replace or merge.", "A CSV header has no column for the name or the year, or has two columns with the same meaning.", "The file comes from another program: the command 'import' understands more of them (docs/command-line.md).", "To skip invalid lines and import the others, send 'onError=skip'."],
        "curl -i 'http://127.0.0.1:5000/films?onConflict=replace' -H 'Content-Type: application/x-ndjson' -d '{\"Id\":\"3\",\"Name\":\"Up\",\"Year\":2009,\"Month\":\"May\"}'");

    public static readonly ProblemType TooManyImports = new(
        "too-many-imports", 429, "Too many imports",
        "The maximum number of concurrent imports has been reached (the settings Imports:MaxAtOnce and Imports:MaxAtOncePerCaller). The body of this one was not read. Retry-After says when to try again.",
        ["Many programs import at the same time, but imports are applied one after another.", "One caller uploads many files at the same time.", "Uploads have stalled and were not closed."],
        "curl -i http://127.0.0.1:5000/films -H 'Content-Type: application/x-ndjson' -d '{\"Name\":\"Up\",\"Year\":2009,\"Month\":\"May\"}'");

    public static readonly IReadOnlyList<ProblemType> All = [ImportFaults, TooManyImports];
}
