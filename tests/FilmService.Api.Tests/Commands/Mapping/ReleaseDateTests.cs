using FilmService.Api.Commands.Mapping;
using FilmService.Domain.Films;

namespace FilmService.Api.Tests.Commands.Mapping;

public sealed class ReleaseDateTests
{
    [TestCase("2018-03-01", 2018, Month.March)]
    [TestCase("2018-03", 2018, Month.March)]
    [TestCase(" 2018 ", 2018, null)]
    [TestCase("Jun 12 1998", 1998, Month.June)]
    [TestCase("jun 7 1998", 1998, Month.June)]
    [TestCase("June 12, 1998", 1998, Month.June)]
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
    [TestCase("1998-06-12T00:00:00Z")]
    [TestCase("June 1998?")]
    [TestCase("١٩٩٨", Description = "digits of another script")]
    public void Parse_AnythingElse_IsNotGuessed(string text) => Assert.That(ReleaseDate.Parse(text), Is.Null);
}
