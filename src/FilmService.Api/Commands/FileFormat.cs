namespace FilmService.Api.Commands;

/// <summary>How films stand in a file.</summary>
internal enum FileFormat
{
    /// <summary>Comma-separated values (RFC 4180) with a header.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    Ndjson,

    /// <summary>One JSON array of objects.</summary>
    Json,
}

/// <summary>Tells the format of a file by what was said, else by the ending of its name.</summary>
internal static class FileFormats
{
    /// <summary>The path that means standard input or output.</summary>
    public const string Standard = "-";

    private const string Packed = ".gz";

    /// <exception cref="CommandException">Neither the option nor the name tells it.</exception>
    public static FileFormat Of(string path, string? said) => (said ?? Ending(path)) switch
    {
        "csv" => FileFormat.Csv,
        "ndjson" or "jsonl" => FileFormat.Ndjson,
        "json" => FileFormat.Json,
        _ => throw new CommandException($"The name {path} does not tell the file's format: set --format.", ExitCode.Usage),
    };

    /// <summary>True for a file that is to be packed with gzip.</summary>
    public static bool IsPacked(string path) => path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase);

    private static string Ending(string path)
    {
        var name = IsPacked(path) ? path[..^Packed.Length] : path;
        return Path.GetExtension(name).TrimStart('.').ToLowerInvariant();
    }
}
