using FilmService.Domain.Films;
using static FilmService.Domain.Tests.Films.Samples;

namespace FilmService.Domain.Tests.Films;

public sealed class FilmPatchTests
{
    [Test]
    public void ApplyTo_NothingGiven_LeavesTheFilmAsItIs() =>
        Assert.That(new FilmPatch().ApplyTo(Details), Is.EqualTo(Details));

    [Test]
    public void ApplyTo_Name_ChangesTheNameAlone() =>
        Assert.That(new FilmPatch { [FilmFields.Name] = "Down" }.ApplyTo(Details), Is.EqualTo(new FilmDetails("Down", 2009, Month.May)));

    [Test]
    public void ApplyTo_Year_ChangesTheYearAlone() =>
        Assert.That(new FilmPatch { [FilmFields.Year] = 2010 }.ApplyTo(Details), Is.EqualTo(OtherDetails));

    [Test]
    public void ApplyTo_Month_ChangesTheMonthAlone() =>
        Assert.That(new FilmPatch { [FilmFields.Month] = Month.June }.ApplyTo(Details), Is.EqualTo(new FilmDetails("Up", 2009, Month.June)));

    [Test]
    public void ApplyTo_MonthNoLongerKnown_ClearsIt() =>
        Assert.That(new FilmPatch { [FilmFields.Month] = FieldValue.Null }.ApplyTo(Details), Is.EqualTo(new FilmDetails("Up", 2009, null)));

    [Test]
    public void ApplyTo_Name_IsTrimmed() => Assert.That(new FilmPatch { [FilmFields.Name] = " Down " }.ApplyTo(Details).Name, Is.EqualTo("Down"));

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("a\u0000b")]
    public void ApplyTo_NameThatNoFilmHas_Throws(string name) =>
        Assert.That(() => new FilmPatch { [FilmFields.Name] = name }.ApplyTo(Details), Throws.ArgumentException);

    [TestCase(1869)]
    [TestCase(2201)]
    public void ApplyTo_YearThatNoFilmHas_Throws(int year) =>
        Assert.That(() => new FilmPatch { [FilmFields.Year] = year }.ApplyTo(Details), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
