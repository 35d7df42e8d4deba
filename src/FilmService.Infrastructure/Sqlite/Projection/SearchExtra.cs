using FilmService.Domain.Search;

namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>The column <c>search_extra</c>: what full-text search needs beside the normalised name.</summary>
internal static class SearchExtra
{
    private const char BeforeLetters = '\u0001';

    /// <summary>
    /// The words after an elision, each followed by a space, U+0001, and the letters. Null for most names: they have no such words,
    /// and their letters are the normalised name without its spaces.
    /// </summary>
    public static string? Of(SearchableName name) => name.Elided.Count == 0 && name.Letters.Length == name.Normalized.Length - name.Normalized.AsSpan().Count(' ')
        ? null
        : string.Concat(name.Elided.Select(word => word + ' ')) + BeforeLetters + name.Letters;
}
