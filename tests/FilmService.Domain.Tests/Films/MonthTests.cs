using FilmService.Domain.Films;

namespace FilmService.Domain.Tests.Films;

public sealed class MonthTests
{
    [Test]
    public void All_Always_AreTheTwelveEnglishNames() => Assert.That(Months.All, Is.EqualTo(new[]
    {
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    }));

    [Test]
    public void Parse_NameOfAnyMonth_IsWhatToNameWrites([Values] Month month) =>
        Assert.That(Months.Parse(month.ToName()), Is.EqualTo(month));

    [TestCase("march")]
    [TestCase("MARCH")]
    [TestCase("mArCh")]
    public void Parse_AnyLetterCase_FindsTheMonth(string name) => Assert.That(Months.Parse(name), Is.EqualTo(Month.March));

    [TestCase("")]
    [TestCase("Mar")]
    [TestCase("3")]
    [TestCase(" March")]
    [TestCase("März")]
    public void Parse_AnythingElse_ReturnsNull(string name) => Assert.That(Months.Parse(name), Is.Null);
}
