using FilmService.Domain.Films;

namespace FilmService.Domain.Tests.Films;

public sealed class FilmDetailsTests
{
    [TestCase("Up", "Up")]
    [TestCase("  Up  in the\u00A0Air \u3000", "Up  in the\u00A0Air")]
    [TestCase("\tUp\n", "Up")]
    [TestCase("e\u0301", "e\u0301")]
    [TestCase("\uFFFE", "\uFFFE")]
    public void New_Name_IsTrimmedAndOtherwiseKept(string sent, string kept) =>
        Assert.That(new FilmDetails(sent, 2009, Month.May).Name, Is.EqualTo(kept));

    [TestCase("")]
    [TestCase(" \t\u00A0")]
    [TestCase("a\0b")]
    [TestCase("a\nb")]
    [TestCase("a\u0085b")]
    public void New_TextThatIsNoName_Throws(string name)
    {
        Assert.That(FilmDetails.IsName(name), Is.False);
        Assert.That(() => new FilmDetails(name, 2009, null), Throws.ArgumentException);
    }

    [Test]
    public void IsName_LoneSurrogate_ReturnsFalse() => Assert.That(FilmDetails.IsName("a\uD83Cb"), Is.False);

    [TestCase("a")]
    [TestCase("\U0001F3AC")]
    public void IsName_LongText_CountsCodePointsWithoutSpaceAround(string codePoint)
    {
        var longest = string.Concat(Enumerable.Repeat(codePoint, FilmDetails.NameMaxLength));

        Assert.That(FilmDetails.IsName($" {longest} "), Is.True);
        Assert.That(FilmDetails.IsName(longest + codePoint), Is.False);
    }

    [TestCase(FilmDetails.MinYear)]
    [TestCase(FilmDetails.MaxYear)]
    public void New_FirstAndLastYear_AreTaken(int year) => Assert.That(new FilmDetails("Up", year, null).Year, Is.EqualTo(year));

    [TestCase(FilmDetails.MinYear - 1)]
    [TestCase(FilmDetails.MaxYear + 1)]
    public void New_YearOutsideTheLimits_Throws(int year) =>
        Assert.That(() => new FilmDetails("Up", year, null), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [TestCase(0)]
    [TestCase(13)]
    public void New_MonthThatIsNone_Throws(int month) =>
        Assert.That(() => new FilmDetails("Up", 2009, (Month)month), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Equals_SameMembers_AreOne()
    {
        Assert.That(new FilmDetails("Up ", 2009, Month.May), Is.EqualTo(new FilmDetails("Up", 2009, Month.May)));
        Assert.That(new FilmDetails("Up", 2009, null), Is.Not.EqualTo(new FilmDetails("Up", 2009, Month.May)));
        Assert.That(new FilmDetails("Up", 2009, null), Is.Not.EqualTo(new FilmDetails("up", 2009, null)));
    }
}
