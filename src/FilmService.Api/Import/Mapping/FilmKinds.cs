namespace FilmService.Api.Import.Mapping;

/// <summary>Finds entries that the file itself calls something other than a film, such as IMDb's <c>TV Episode</c>.</summary>
/// <param name="only">The kinds to import; null for all but those that are known not to be films.</param>
internal sealed class FilmKinds(IReadOnlyList<string>? only)
{
    private const int MaxKinds = 50;
    private const string Others = "other types";

    // TMDB's word for a series; IMDb's TV Movie is a film.
    private const string Series = "tv";

    private static readonly string[] NoFilms = ["episode", "series", "show", "season", "special", "game", "podcast", "person", "musicvideo", "pilot"];

    private readonly HashSet<string>? _only = only?.Select(FilmColumns.Fold).ToHashSet();
    private readonly Dictionary<string, long> _leftOut = [];

    /// <summary>The number of entries that were left out, by kind as the file spells it.</summary>
    public IReadOnlyDictionary<string, long> LeftOut => _leftOut;

    /// <summary>True if an entry of this kind is left out, which is counted.</summary>
    public bool LeavesOut(string kind)
    {
        var folded = FilmColumns.Fold(kind);
        var isOut = folded.Length > 0 && (_only is null ? IsNoFilm(folded) : !_only.Contains(folded));
        if (isOut)
        {
            var name = _leftOut.ContainsKey(kind) || _leftOut.Count < MaxKinds ? kind : Others;
            _leftOut[name] = _leftOut.GetValueOrDefault(name) + 1;
        }

        return isOut;
    }

    private static bool IsNoFilm(string folded) => folded is Series || NoFilms.Any(word => folded.Contains(word, StringComparison.Ordinal));
}
