using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Domain.Tests.Search;

public sealed class FilmFilterTests
{
    private static Film Film(string name, int year = 2009, Month? month = null, long id = 7) =>
        new(FilmId.Generated(id), new FilmDetails(name, year, month), new Revision("k3f9", id));

    [TestCase("Amélie", "amelie", true)]
    [TestCase("The War", "war the", false)]
    [TestCase("!!!", "!!!", true)]
    public void Matches_Name_ComparesFolded(string name, string normalized, bool matches) =>
        Assert.That((FilmFilter.None with { Names = [normalized] }).Matches(Film(name)), Is.EqualTo(matches));

    [Test]
    public void Matches_IdTimeAndMonth_AreOneOfThese()
    {
        FilmFilter[] filters =
        [
            FilmFilter.None with { Ids = [FilmId.Generated(7)] },
            FilmFilter.None with { Released = ReleasePeriods.In(ReleasePeriods.Year(2009)) },
            FilmFilter.None with { Months = [null, Month.May] },
        ];

        Assert.That(filters.Select(filter => filter.Matches(Film("Up", month: Month.May))), Has.All.True);
        Assert.That(filters.Select(filter => filter.Matches(Film("Up", 2010, Month.June, id: 8))), Has.All.False);
        Assert.That(filters[2].Matches(Film("Up")), Is.True);
    }

    [TestCase("infinity war", "Avengers: Infinity War", true)]
    [TestCase("war infinity", "Avengers: Infinity War", true)]
    [TestCase("war infinity", "Infinity Wars", false)]
    [TestCase("infinity war", "Infinity Wars", true)]
    [TestCase("Wárs!", "STAR WARS", true)]
    [TestCase("ar", "STAR WARS", false)]
    [TestCase("star star", "Star", true)]
    [TestCase("♥", "I ♥ Huckabees", true)]
    public void Matches_Words_TakesTheLastForABeginning(string words, string name, bool matches) =>
        Assert.That((FilmFilter.None with { Words = SearchTerms.Parse(words) }).Matches(Film(name)), Is.EqualTo(matches));

    [TestCase("avventura", "L'Avventura")]
    [TestCase("avventura", "L’Avventura")]
    [TestCase("avventura", "L\u00B4Avventura")]
    [TestCase("avventura", "L`Avventura")]
    [TestCase("lavventura", "L'Avventura")]
    [TestCase("or rose", "Rose d'Or")]
    [TestCase("est", "Qu'est-ce que c'est")]
    [TestCase("ce qu un", "Ce qu'un homme")]
    [TestCase("une", "Plus qu'une vie")]
    [TestCase("ete", "L'été")]
    [TestCase("ete", "L'e\u0301te\u0301")]
    [TestCase("ecole", "À l’École")]
    [TestCase("brien", "O'Brien")]
    [TestCase("swat", "S.W.A.T.")]
    [TestCase("s.w.a.t.", "SWAT")]
    [TestCase("mash", "M*A*S*H")]
    [TestCase("walle", "WALL·E")]
    [TestCase("wall-e", "Walle")]
    [TestCase("spiderman", "Spider-Man: Homecoming")]
    [TestCase("spider man", "Spiderman")]
    [TestCase("8 1/2", "8½")]
    [TestCase("8½", "8 1/2")]
    [TestCase("romeojuliet", "Romeo + Juliet")]
    [TestCase("romeojuliet2", "Romeo + Juliet 2")]
    [TestCase("tom and jerry", "Tom & Jerry")]
    [TestCase("jerry &", "Tom and Jerry")]
    [TestCase("神隠し", "千と千尋の神隠し")]
    [TestCase("神", "千と千尋の神隠し")]
    [TestCase("千尋 神隠し", "千と千尋の神隠し")]
    [TestCase("神隠し 千尋", "千と千尋の神隠し")]
    [TestCase("メラ", "ガメラ")]
    [TestCase("รัก", "ความรัก")]
    [TestCase("侍", "3人の侍")]
    [TestCase("ខ្មែរ", "ភាពយន្តខ្មែរ")]
    [TestCase("ລາວ", "ພາສາລາວ")]
    [TestCase("ရုပ်ရှင်", "မြန်မာရုပ်ရှင်")]
    public void Matches_WordsAsPeopleTypeThem_FindsTheName(string words, string name) =>
        Assert.That((FilmFilter.None with { Words = SearchTerms.Parse(words) }).Matches(Film(name)), Is.True);

    [TestCase("avventura", "Lavventura", Description = "no elision")]
    [TestCase("s", "Ocean's 8", Description = "nothing is elided before this apostrophe")]
    [TestCase("roll", "rock'n'roll")]
    [TestCase("alle", "WALL·E", Description = "not from the beginning")]
    [TestCase("mash", "The M*A*S*H")]
    [TestCase("人の", "七人・の侍", Description = "not across words")]
    [TestCase("all", "Wall", Description = "a script with spaces")]
    [TestCase("♥ up", "Down")]
    [TestCase("♥", "Up")]
    public void Matches_OtherWords_DoesNotFindTheName(string words, string name) =>
        Assert.That((FilmFilter.None with { Words = SearchTerms.Parse(words) }).Matches(Film(name)), Is.False);

    [Test]
    public void Length_OfANameBeyondTheBasicPlane_CountsCodePoints() => Assert.That(SearchableName.Of("Up 😀").Length, Is.EqualTo(4));

    [Test]
    public void Parse_ManyTerms_FindsANameThatHasThemAll()
    {
        var many = string.Join(' ', Enumerable.Range(0, 500).Select(number => $"w{number}"));

        Assert.That(SearchTerms.Parse(many)!.Match(SearchableName.Of(many)), Is.EqualTo(MatchKind.Equal));
        Assert.That(SearchTerms.Parse("w499 " + many)!.Match(SearchableName.Of(many)), Is.EqualTo(MatchKind.Words));
    }

    [Test]
    public void Rank_NamesWrittenTogether_StandBetweenEqualNamesAndBeginnings()
    {
        string[] names = ["Wallenstein", "The Walle", "WALL·E", "Wall E", "WALL·E: The Making", "walle!"];
        var words = SearchTerms.Parse("walle")!;

        Assert.That(
            names.OrderBy(name => words.Rank(SearchableName.Of(name))),
            Is.EqualTo(new[] { "walle!", "WALL·E", "Wall E", "Wallenstein", "WALL·E: The Making", "The Walle" }));
    }

    [TestCase("?!")]
    [TestCase(" ")]
    [TestCase("'")]
    [TestCase("\u200B \u00AD")]
    public void Parse_WordsOfNothing_AreNone(string text) => Assert.That(SearchTerms.Parse(text), Is.Null);

    [Test]
    public void Rank_Names_PutsTheWholeBeforeTheBeginningBeforeTheRest()
    {
        string[] names = ["war horse and more", "world war", "war", "warrior", "the war", "a war of the worlds"];
        var words = SearchTerms.Parse("War")!;

        Assert.That(names.OrderBy(name => words.Rank(SearchableName.Of(name))), Is.EqualTo(new[] { "war", "warrior", "war horse and more", "the war", "world war", "a war of the worlds" }));
    }

    [Test]
    public void Released_Comparisons_OrderTheUnknownMonthBeforeJanuary()
    {
        var (unknown, january, december) = (ReleasePeriods.CodeOf(2018, null), ReleasePeriods.CodeOf(2018, Month.January), ReleasePeriods.CodeOf(2018, Month.December));
        var next = new[] { ReleasePeriods.CodeOf(2019, null), ReleasePeriods.CodeOf(2019, Month.January) };
        var (year, first) = (ReleasePeriods.Year(2018), ReleasePeriods.MonthOf(2018, Month.January));

        Assert.That(new[] { unknown, january, december }.Select(ReleasePeriods.In(year).Contains), Has.All.True);
        Assert.That(next.Select(ReleasePeriods.In(year).Contains), Has.All.False);
        Assert.That(next.Select(ReleasePeriods.In(ReleasePeriods.After(year)).Contains), Has.All.True);
        Assert.That(new[] { unknown, january, december }.Select(ReleasePeriods.In(ReleasePeriods.After(year)).Contains), Has.All.False);
        Assert.That(new[] { unknown, january, december }.Select(ReleasePeriods.In(first).Contains), Is.EqualTo(new[] { false, true, false }));
        Assert.That(new[] { unknown, january, december }.Select(ReleasePeriods.YearOf), Has.All.EqualTo(2018));
        Assert.That(new[] { unknown, january, december }.Select(ReleasePeriods.In(ReleasePeriods.Before(first)).Contains), Is.EqualTo(new[] { true, false, false }));
        Assert.That(new[] { unknown, january, december }.Select(ReleasePeriods.Not(first).Contains), Is.EqualTo(new[] { true, false, true }));
    }

    [Test]
    public void And_Sets_LeavesWhatIsInBoth()
    {
        var both = ReleasePeriods.In(ReleasePeriods.Year(2009), ReleasePeriods.Year(2010), ReleasePeriods.Year(2018)).And(ReleasePeriods.In(ReleasePeriods.After(ReleasePeriods.MonthOf(2010, Month.May))));

        Assert.That(both.Ranges, Is.EqualTo(new[] { new ReleasePeriod(ReleasePeriods.CodeOf(2010, Month.June), ReleasePeriods.Year(2010).To), ReleasePeriods.Year(2018) }));
    }

    [Test]
    public void In_RangesThatTouch_AreOne() => Assert.That(
        ReleasePeriods.In(ReleasePeriods.Year(2010), ReleasePeriods.Year(2009), ReleasePeriods.Year(2018)).Ranges,
        Is.EqualTo(new[] { new ReleasePeriod(ReleasePeriods.CodeOf(2009, null), ReleasePeriods.Year(2010).To), ReleasePeriods.Year(2018) }));

    [TestCase(SortKey.Id, "d a c b")]
    [TestCase(SortKey.Name, "a b c d")]
    [TestCase(SortKey.Year, "b d a c")]
    [TestCase(SortKey.Released, "b d c a")]
    [TestCase(SortKey.Revision, "d a c b")]
    [TestCase(SortKey.Relevance, "c d a b")]
    public void Compare_EachKey_OrdersByIt(SortKey key, string names)
    {
        var films = new[] { Film("a c", 2010, Month.May, id: 9), Film("b c", 2008, id: 11), Film("c", 2010, id: 10), Film("d", 2009, id: 8) };
        var (order, words) = (new FilmOrder(new SortTerm(key)), SearchTerms.Parse("c"));

        Assert.That(
            string.Join(' ', films.Order(Comparer<Film>.Create((one, other) => order.Compare(order.PositionOf(one, words), order.PositionOf(other, words)))).Select(film => film.Name[0])),
            Is.EqualTo(names));
        Assert.That(order.Compare(order.PositionOf(films[0], words), order.PositionOf(films[0], words)), Is.Zero);
    }

    [Test]
    public void Compare_Ties_FallInNaturalOrderOfIds()
    {
        var order = new FilmOrder(new SortTerm(SortKey.Year, Descending: true));
        var films = new[] { Film("a", 2009, id: 10), Film("b", 2018, id: 9), Film("c", 2009, id: 9) };

        Assert.That(
            films.Order(Comparer<Film>.Create((one, other) => order.Compare(order.PositionOf(one, null), order.PositionOf(other, null)))).Select(film => film.Name),
            Is.EqualTo(new[] { "b", "c", "a" }));
    }

    [Test]
    public void Keys_BehindAUniqueOne_AreLeftOut() => Assert.That(
        new FilmOrder(new SortTerm(SortKey.Revision), new SortTerm(SortKey.Name)).Keys, Is.EqualTo(new[] { new SortTerm(SortKey.Revision) }));
}
