using FilmService.Api.Import.Mapping;
using FilmService.Domain.Films;

namespace FilmService.Api.Tests.Import.Mapping;

public sealed class ReleaseDateTests
{
    [TestCase("2018-03-01", 2018, Month.March)]
    [TestCase("2018-03", 2018, Month.March)]
    [TestCase(" 2018 ", 2018, null)]
    [TestCase("Jun 12 1998", 1998, Month.June)]
    [TestCase("jun 7 1998", 1998, Month.June)]
    [TestCase("June 12, 1998", 1998, Month.June)]
    [TestCase("1966-12-23T00:00:00Z", 1966, Month.December)]
    [TestCase("2009-05-29 00:00:00", 2009, Month.May)]
    [TestCase("2009-05-29T23:30:00.000+02:00", 2009, Month.May)]
    [TestCase("29 May 2009", 2009, Month.May)]
    [TestCase("May 2009", 2009, Month.May)]
    public void Parse_DateThatHasOneMeaning_IsYearAndMonth(string text, int year, Month? month)
    {
        var date = ReleaseDate.Parse(text);

        Assert.That((date?.Year, date?.Month), Is.EqualTo((year, month)));
    }

    [TestCase("", Description = "nothing")]
    [TestCase("Jun 12 98", Description = "a year of two digits")]
    [TestCase("98-06-12", Description = "a year of two digits")]
    [TestCase("03/04/1998", Description = "March or April")]
    [TestCase("12.6.1998")]
    [TestCase("1998-6-12")]
    [TestCase("1998-02-30", Description = "no day of the calendar")]
    [TestCase("1998-06-12T25:00:00Z")]
    [TestCase("1998-06-12 or so")]
    [TestCase("June 1998?")]
    [TestCase("١٩٩٨", Description = "digits of another script")]
    public void Parse_AnythingElse_IsNotGuessed(string text) => Assert.That(ReleaseDate.Parse(text), Is.Null);
}
