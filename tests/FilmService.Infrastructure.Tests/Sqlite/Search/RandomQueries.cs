using FilmService.Domain.Films;
using FilmService.Domain.Search;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite.Search;

/// <summary>Random films, and queries that some of them match. The same for the same seed.</summary>
internal sealed class RandomQueries(int seed)
{
    private static readonly string[] Words =
    [
        "The", "of", "and", "Amélie", "WALL·E", "Straße", "naïve", "Up", "U", "Upp", "2001", "007", "♥", "I", "日本", "映画", "कहानी", "Ænima", "Łódź", "İstanbul",
        "Don't", "rock'n'roll", "À", "être", "ﬁne", "!!!", "...", "Mission:", "Impossible", "—", "Zoë", "ΟΔΥΣΣΕΥΣ", "😀", "X-Men", "$9.99", "A+B", "infinity", "war", "wars", "warrior",
        "L'Avventura", "d’Or", "Qu'est-ce", "S.W.A.T.", "swat", "&", "8½", "8", "1/2", "千と千尋の神隠し", "神隠し", "ガメラ", "メラ", "ความรัก", "w\u00ADar", "`war´", "walle", "lavventura", "or",
    ];

    private readonly Random _random = new(seed);

    public FilmDetails Film() => new(Name(), 1900 + Skewed(130), _random.Next(4) == 0 ? null : (Month)_random.Next(1, 13));

    /// <summary>A distinct id for each number, of various kinds.</summary>
    public static FilmId IdOf(int number) => Id((number % 7) switch { 0 => $"f{number}", 1 => $"00{number}", 2 => $"é{number}", _ => $"{number}" });

    /// <summary>A query with up to three conditions.</summary>
    public FilmQuery Query(int films)
    {
        var filter = FilmFilter.None;
        for (var i = _random.Next(16) == 0 ? 0 : _random.Next(1, 4); i > 0; i--)
        {
            filter = With(filter, films);
        }

        return new FilmQuery(filter, Order(filter.Words is not null), _random.Next(6) == 0 ? null : new FilmPage(_random.Next(1, 40)), Count: true);
    }

    private FilmFilter With(FilmFilter filter, int films) => _random.Next(9) switch
    {
        0 => filter with { Names = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => NormalizedName.Of(Name()))] },
        1 => filter with { NamePrefix = NormalizedName.Of(Part(Name())) },
        2 => filter with { NamePart = NormalizedName.Of(Part(Name())) },
        3 => filter with { Released = Released() },
        4 => filter with { Released = Released().And(Released()) },
        5 => filter with { Months = [.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => _random.Next(5) == 0 ? (Month?)null : (Month)_random.Next(1, 13))] },
        6 => filter with { Ids = [.. Enumerable.Range(0, _random.Next(1, 20)).Select(_ => IdOf(_random.Next(films + 50)))] },
        _ => filter with { Words = SearchTerms.Parse(Part(Name())) },
    };

    private ReleasePeriods Released()
    {
        var year = ReleasePeriods.Year(_random.Next(1890, 2040));
        var month = ReleasePeriods.MonthOf(_random.Next(1890, 2040), (Month)_random.Next(1, 13));
        var range = _random.Next(2) == 0 ? year : month;
        return _random.Next(6) switch
        {
            0 => ReleasePeriods.In(ReleasePeriods.Before(range)),
            1 => ReleasePeriods.In(ReleasePeriods.After(range)),
            2 => ReleasePeriods.In(range, ReleasePeriods.After(range)),
            3 => ReleasePeriods.Not(range),
            4 => ReleasePeriods.In(year, month),
            _ => ReleasePeriods.In(range),
        };
    }

    private FilmOrder Order(bool hasWords)
    {
        var keys = Enum.GetValues<SortKey>().Where(key => hasWords || key != SortKey.Relevance).OrderBy(_ => _random.Next()).Take(_random.Next(1, 4));
        return new FilmOrder([.. keys.Select(key => new SortTerm(key, _random.Next(2) == 0))]);
    }

    private string Name() => string.Join(' ', Enumerable.Range(0, 1 + Skewed(4)).Select(_ => Words[Skewed(Words.Length)]));

    // Similar names and similar years: few of one, many of another.
    private int Skewed(int end) => (int)(end * Math.Pow(_random.NextDouble(), 2));

    private string Part(string name)
    {
        var runes = name.EnumerateRunes().ToArray();
        var from = _random.Next(3) == 0 ? _random.Next(runes.Length) : 0;
        var part = string.Concat(runes[from..(from + _random.Next(1, Math.Min(9, runes.Length - from + 1)))]);
        return string.IsNullOrWhiteSpace(part) ? "a" : part;
    }
}
