using FilmService.Domain.Films;
using FilmService.Domain.Finding;

namespace FilmService.Domain.Tests.Finding;

public sealed class FilmFilterTests
{
    private static Film Film(string name, int year = 2009, Month? month = null, long id = 7) =>
        new(FilmId.Generated(id), new FilmDetails(name, year, month), new Revision("k3f9", id));

    [TestCase("Amélie", "amelie", true)]
    [TestCase("The War", "war the", false)]
    [TestCase("!!!", "!!!", true)]
    public void Matches_Name_ComparesFolded(string name, string folded, bool matches) =>
        Assert.That((FilmFilter.None with { Names = [folded] }).Matches(Film(name)), Is.EqualTo(matches));

    [TestCase("infinity war", "Avengers: Infinity War", true)]
    [TestCase("war infinity", "Avengers: Infinity War", true)]
    [TestCase("war infinity", "Infinity Wars", false)]
    [TestCase("infinity war", "Infinity Wars", true)]
    [TestCase("Wárs!", "STAR WARS", true)]
    [TestCase("ar", "STAR WARS", false)]
    [TestCase("star star", "Star", true)]
    [TestCase("♥", "I ♥ Huckabees", true)]
    public void Matches_Words_TakesTheLastForABeginning(string words, string name, bool matches) =>
        Assert.That((FilmFilter.None with { Words = SearchWords.Parse(words) }).Matches(Film(name)), Is.EqualTo(matches));

    [TestCase("?!")]
    [TestCase(" ")]
    [TestCase("'")]
    public void Parse_WordsOfNothing_AreNone(string text) => Assert.That(SearchWords.Parse(text), Is.Null);

    [Test]
    public void Rank_Names_PutsTheWholeBeforeTheBeginningBeforeTheRest()
    {
        string[] names = ["war horse and more", "world war", "war", "warrior", "the war", "a war of the worlds"];
        var words = SearchWords.Parse("War")!;

        Assert.That(names.OrderBy(words.Rank), Is.EqualTo(new[] { "war", "warrior", "war horse and more", "the war", "world war", "a war of the worlds" }));
    }

    [Test]
    public void Released_Comparisons_OrderTheUnknownMonthBeforeJanuary()
    {
        var (unknown, january, december) = (ReleasedSet.CodeOf(2018, null), ReleasedSet.CodeOf(2018, Month.January), ReleasedSet.CodeOf(2018, Month.December));
        var (year, first) = (ReleasedSet.Year(2018), ReleasedSet.MonthOf(2018, Month.January));

        Assert.That(new[] { unknown, january, december }.Select(ReleasedSet.In(year).Contains), Has.All.True);
        Assert.That(new[] { unknown, january, december }.Select(ReleasedSet.In(ReleasedSet.After(year)).Contains), Has.All.False);
        Assert.That(new[] { unknown, january, december }.Select(ReleasedSet.In(ReleasedSet.Before(first)).Contains), Is.EqualTo(new[] { true, false, false }));
        Assert.That(new[] { unknown, january, december }.Select(ReleasedSet.Not(first).Contains), Is.EqualTo(new[] { true, false, true }));
    }

    [Test]
    public void And_Sets_LeavesWhatIsInBoth()
    {
        var both = ReleasedSet.In(ReleasedSet.Year(2009), ReleasedSet.Year(2010), ReleasedSet.Year(2018)).And(ReleasedSet.In(ReleasedSet.After(ReleasedSet.MonthOf(2010, Month.May))));

        Assert.That(both.Ranges, Is.EqualTo(new[] { new ReleasedRange(ReleasedSet.CodeOf(2010, Month.June), ReleasedSet.Year(2010).To), ReleasedSet.Year(2018) }));
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
