using System.Text;
using System.Text.Json;
using FilmService.Api.Commands.Mapping;
using FilmService.Api.Commands.Reading;

namespace FilmService.Api.Tests.Commands.Mapping;

public sealed class FilmMapperTests
{
    private static readonly DateOnly Latest = new(2011, 12, 31);

    [TestCase("""{"Id":"9","Name":"Up","Year":2009,"Month":"May"}""", """{"Id":"9","Name":"Up","Year":2009,"Month":"May"}""")]
    [TestCase("""{"year":"2009","NAME":"Up"}""", """{"Name":"Up","Year":"2009"}""", Description = "another order and letter case")]
    [TestCase("""{"Title":"Up","Release Date":"May 29 2009","Director":"Pete Docter"}""", """{"Name":"Up","Year":2009,"Month":"May"}""")]
    [TestCase("""{"title":"Up","release_date":"2009-05-29"}""", """{"Name":"Up","Year":2009,"Month":"May"}""")]
    [TestCase("""{"title":"Up","releaseDate":"2009"}""", """{"Name":"Up","Year":2009,"Month":null}""")]
    [TestCase("""{"Name":"Up","Year":2009,"Month":"may","Release-Date":"2009-05"}""", """{"Name":"Up","Year":2009,"Month":"May"}""", Description = "said twice, and the same")]
    [TestCase("""{"Name":"Up","Year":2009,"Release Date":null}""", """{"Name":"Up","Year":2009}""")]
    [TestCase("""{"Name":"Up","Year":2009,"Date":"2011-01-01"}""", """{"Name":"Up","Year":2009}""", Description = "Letterboxd's day of the entry")]
    [TestCase("""{"Id":"9","Deleted":true,"Revision":"k3f9-1","At":"2026-11-22T09:14:03.120Z","By":"admin"}""", """{"Id":"9","Deleted":true}""")]
    [TestCase("""{"Title":300,"Year":[1],"Month":"Brumaire"}""", """{"Name":300,"Year":[1],"Month":"Brumaire"}""", Description = "wrong, which the service says")]
    [TestCase("""{}""", """{}""")]
    public void Map_Members_BecomeThoseOfAFilm(string film, string line) => Assert.That(Map(film), Is.EqualTo((line, default(string))));

    [TestCase("""{"Name":"Wings","Release Date":"Aug 12 2027"}""", "'Release Date' is Aug 12 2027, after 2011-12-31: is the century wrong?")]
    [TestCase("""{"Name":"Up","Release Date":"May 29 09"}""", "'Release Date' is May 29 09, which is not a supported date; write 2018-03-01, 2018-03, 2018, Jun 12 1998 or June 12, 1998.")]
    [TestCase("""{"Name":"Up","release_date":20090529}""", "'release_date' is 20090529, which is not a supported date; write 2018-03-01, 2018-03, 2018, Jun 12 1998 or June 12, 1998.")]
    [TestCase("""{"Name":"Up","Year":2010,"release_date":"2009-05-29"}""", "'Year' is 2010 and 'release_date' is 2009-05-29: they contradict each other.")]
    [TestCase("""{"Name":"Up","Month":"June","release_date":"2009-05-29"}""", "'Month' is June and 'release_date' is 2009-05-29: they contradict each other.")]
    [TestCase("""{"Name":"Up","Title":"Là-haut","Year":2009}""", "'Name' and 'Title' have the same meaning: keep only one of them.")]
    [TestCase("""{"Name":"Up","name":"Up","Year":2009}""", "'Name' and 'name' have the same meaning: keep only one of them.")]
    public void Map_WhatWouldHaveToBeGuessed_IsAFault(string film, string fault) => Assert.That(Map(film), Is.EqualTo(("", fault)));

    [Test]
    public void Map_LastDateThatCanBeRight_IsTaken() => Assert.That(Map("""{"Name":"Up","release_date":"2011-12-31"}""").Fault, Is.Null);

    [Test]
    public void Map_ColumnsOfLetterboxd_NamesThoseThatAreNotTaken()
    {
        var mapper = new FilmMapper(Latest);

        var line = Map(mapper, """{"Date":"2023-01-01","Name":"Up","Year":"2009","Letterboxd URI":"https://boxd.it/x","Rating":"4.5"}""");

        Assert.That(line, Is.EqualTo(("""{"Name":"Up","Year":"2009"}""", default(string))));
        Assert.That(mapper.NotTaken, Is.EqualTo(new[] { "Date", "Letterboxd URI", "Rating" }));
    }

    [TestCase("9,Up,2009,May,", """{"Id":"9","Name":"Up","Year":"2009","Month":"May"}""")]
    [TestCase(",Up,2009,,false", """{"Name":"Up","Year":"2009","Month":null,"Deleted":false}""")]
    [TestCase("9,,,,TRUE", """{"Id":"9","Name":null,"Year":null,"Month":null,"Deleted":true}""")]
    [TestCase(",true,,,perhaps", """{"Name":"true","Year":null,"Month":null,"Deleted":"perhaps"}""")]
    public void Map_Columns_BecomeTheMembersOfAFilm(string columns, string line)
    {
        string[] names = ["id", "name", "year", "month", "deleted"];
        var record = new InputRecord(2, [.. names.Zip(columns.Split(','), (name, text) => new InputField(name, new InputValue(text)))]);

        Assert.That(Map(new FilmMapper(Latest), record), Is.EqualTo((line, default(string))));
    }

    [TestCase("Name,Year")]
    [TestCase("id,TITLE,release_date,Rating")]
    public void Require_HeaderOfFilms_IsGood(string header) => Assert.That(() => FilmColumns.Require(header.Split(',')), Throws.Nothing);

    [TestCase("Year,Month", "There is no column Name or Title. The first line must name the columns, separated by commas; it is: Year,Month")]
    [TestCase("Name;Year", "There is no column Name or Title. The first line must name the columns, separated by commas; it is: Name;Year")]
    [TestCase("Name,Month", "There is no column Year or Release Date. The first line must name the columns, separated by commas; it is: Name,Month")]
    [TestCase("Name,Year,year", "'Year' and 'year' have the same meaning: keep only one of them.")]
    public void Require_AnotherHeader_IsRefused(string header, string message) =>
        Assert.That(() => FilmColumns.Require(header.Split(',')), Throws.InstanceOf<Api.Commands.CommandException>().With.Message.EqualTo(message));

    private static (string Line, string? Fault) Map(string film) => Map(new FilmMapper(Latest), film);

    private static (string Line, string? Fault) Map(FilmMapper mapper, string film) => Map(mapper, InputRecords.ParseJson(1, Encoding.UTF8.GetBytes(film)));

    private static (string Line, string? Fault) Map(FilmMapper mapper, InputRecord film)
    {
        using var buffer = new MemoryStream();
        using var writer = new Utf8JsonWriter(buffer);
        var fault = mapper.Map(film, writer);
        writer.Flush();
        return (Encoding.UTF8.GetString(buffer.ToArray()), fault);
    }
}
