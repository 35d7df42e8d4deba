namespace FilmService.Api.Commands;

internal enum FileFormat
{
    /// <summary>Comma-separated values (RFC 4180) with a header.</summary>
    Csv,

    /// <summary>One JSON object per line.</summary>
    Ndjson,

    /// <summary>One JSON array of objects.</summary>
    Json,
}

/// <summary>Determines a file's format from the option, or else from the extension.</summary>
internal static class FileFormats
{
    /// <summary>The path that means standard input or output.</summary>
    public const string Standard = "-";

    private const string Packed = ".gz";

    /// <exception cref="CommandException">Neither the option nor the extension names a format.</exception>
    public static FileFormat Of(string path, string? said) => (said ?? Ending(path)) switch
    {
        "csv" or "tsv" => FileFormat.Csv,
        "ndjson" or "jsonl" => FileFormat.Ndjson,
        "json" => FileFormat.Json,
        _ => throw new CommandException($"The name {path} does not tell the file's format: set --format.", ExitCode.Usage),
    };

    /// <summary>
    /// The same for a file to be read. Archives and spreadsheets are accepted here, because reading them tells what to do with them.
    /// </summary>
    /// <exception cref="CommandException">Neither the option nor the extension names a format.</exception>
    public static FileFormat OfInput(string path, string? said) =>
        said is null && Ending(path) is "zip" or "xlsx" or "xls" or "ods" ? FileFormat.Csv : Of(path, said);

    /// <summary>True if the file is to be compressed with gzip.</summary>
    public static bool IsPacked(string path) => path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase);

    private static string Ending(string path)
    {
        var name = IsPacked(path) ? path[..^Packed.Length] : path;
        return Path.GetExtension(name).TrimStart('.').ToLowerInvariant();
    }
}
