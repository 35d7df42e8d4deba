using FilmService.Api.Http.Binding;
using FilmService.Api.Search;
using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;

namespace FilmService.Api.Ui.Lists;

/// <summary>Finds names that differ from what was searched for by slips of the keyboard.</summary>
public sealed class NearNames(FilmSearchService search)
{
    private const int MaxNames = 5;
    private const int MaxCandidates = 300;
    private const int MinBeginning = 2;
    private const int MaxBeginning = 5;

    /// <summary>The nearest names, the nearest first; empty if none is near.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(HttpContext context, string asked)
    {
        var words = NormalizedName.Of(asked.Trim()).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var near = new List<(string Name, int Distance)>();
        foreach (var beginning in words.Where(word => word.Length > MinBeginning).Select(word => word[..Math.Min(MaxBeginning, word.Length - 1)]).Distinct().Take(MaxNames))
        {
            for (var length = beginning.Length; length >= MinBeginning && near.Count == 0; length--)
            {
                near.AddRange(await FindAsync(context, beginning[..length], words));
            }
        }

        return [.. near.OrderBy(name => name.Distance).Select(name => name.Name).Distinct().Take(MaxNames)];
    }

    private async Task<IEnumerable<(string Name, int Distance)>> FindAsync(HttpContext context, string beginning, string[] words)
    {
        if (SearchTerms.Parse(beginning) is not { } terms)
        {
            return [];
        }

        var query = new FilmQuery(new FilmFilter { Words = terms }, new FilmOrder(new SortTerm(SortKey.Relevance)), new FilmPage(MaxCandidates));
        return (await search.ReadAsync(context, query, NamesAsync)).Select(name => (name, DistanceOf(name, words))).Where(name => name.Item2 < int.MaxValue);
    }

    // Each word that was asked for must be near a word of the name.
    private static int DistanceOf(string name, string[] words)
    {
        var (own, sum) = (NormalizedName.Of(name).Split(' '), 0);
        foreach (var word in words)
        {
            var max = word.Length < 6 ? 1 : 2;
            var least = own.Min(other => Suggestion.Distance(word, other, max));
            if (least > max)
            {
                return int.MaxValue;
            }

            sum += least;
        }

        return sum;
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(IFilmList list)
    {
        var names = new List<string>();
        await list.ReadAsync(async () =>
        {
            while (await list.Films.MoveNextAsync())
            {
                names.Add(list.Films.ToFilm().Name);
            }
        });
        return names;
    }
}
