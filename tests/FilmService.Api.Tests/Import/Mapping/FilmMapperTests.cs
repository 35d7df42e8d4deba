using System.Text;
using System.Text.Json;
using FilmService.Api.Commands;
using FilmService.Api.Commands.Reading;
using FilmService.Api.Import.Mapping;

namespace FilmService.Api.Tests.Import.Mapping;

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

    [TestCase("""{"Name":"Wings","Release Date":"Aug 12 2027"}""", "'Release Date' is Aug 12 2027, after 2011-12-31: is the century wrong? If the date is right, set --latest.")]
    [TestCase("""{"Name":"Up","Release Date":"May 29 09"}""", "'Release Date' is May 29 09, which is not a supported date; write 2018-03-01, 2018-03, 2018, Jun 12 1998, June 12, 1998 or 12 June 1998.")]
    [TestCase("""{"Name":"Up","release_date":20090529}""", "'release_date' is 20090529, which is not a supported date; write 2018-03-01, 2018-03, 2018, Jun 12 1998, June 12, 1998 or 12 June 1998.")]
    [TestCase("""{"Name":"Up","Year":2010,"release_date":"2009-05-29"}""", "'Year' is 2010 and 'release_date' is 2009-05-29: they contradict each other. Use --prefer year or --prefer date.")]
    [TestCase("""{"Name":"Up","Month":"June","release_date":"2009-05-29"}""", "'Month' is June and 'release_date' is 2009-05-29: they contradict each other. Use --prefer year or --prefer date.")]
    [TestCase("""{"Name":"Up","Title":"Là-haut","Year":2009}""", "'Name' and 'Title' have the same meaning: keep only one of them, or ignore one.")]
    [TestCase("""{"Name":"Up","name":"Up","Year":2009}""", "'Name' and 'name' have the same meaning: keep only one of them, or ignore one.")]
    public void Map_WhatWouldHaveToBeGuessed_IsAFault(string film, string fault) => Assert.That(Map(film), Is.EqualTo(("", fault)));

    [Test]
    public void Map_LastDateThatCanBeRight_IsTaken() => Assert.That(Map("""{"Name":"Up","release_date":"2011-12-31"}""").Fault, Is.Null);

    [Test]
    public void Map_ColumnsOfLetterboxd_NamesThoseThatAreNotTaken()
    {
        var mapper = NewMapper();

        var line = Map(mapper, """{"Date":"2023-01-01","Name":"Up","Year":"2009","Letterboxd URI":"https://boxd.it/x","Rating":"4.5"}""");

        Assert.That(line, Is.EqualTo(("""{"Name":"Up","Year":"2009"}""", default(string))));
        Assert.That(mapper.NotUsed, Is.EqualTo(new[] { "Date", "Letterboxd URI", "Rating" }));
    }

    [TestCase("9,Up,2009,May,", """{"Id":"9","Name":"Up","Year":"2009","Month":"May"}""")]
    [TestCase(",Up,2009,,false", """{"Name":"Up","Year":"2009","Month":null,"Deleted":false}""")]
    [TestCase("9,,,,TRUE", """{"Id":"9","Name":null,"Year":null,"Month":null,"Deleted":true}""")]
    [TestCase(",true,,,perhaps", """{"Name":"true","Year":null,"Month":null,"Deleted":"perhaps"}""")]
    public void Map_Columns_BecomeTheMembersOfAFilm(string columns, string line)
    {
        string[] names = ["id", "name", "year", "month", "deleted"];
        var record = new InputRecord(2, [.. names.Zip(columns.Split(','), (name, text) => new InputField(name, new InputValue(text)))]);

        Assert.That(Map(NewMapper(), record), Is.EqualTo((line, default(string))));
    }

    // Values of other programs that have one meaning.
    [TestCase("""{"Name":"Up","Year":" 2009"}""", """{"Name":"Up","Year":"2009"}""")]
    [TestCase("""{"Name":"Up","Year":"2009.0"}""", """{"Name":"Up","Year":"2009"}""", Description = "pandas")]
    [TestCase("""{"Name":"Up","Year":2009,"Month":"N/A"}""", """{"Name":"Up","Year":2009,"Month":null}""")]
    [TestCase("""{"Name":"Up","Year":2009,"Month":" nan "}""", """{"Name":"Up","Year":2009,"Month":null}""")]
    [TestCase("""{"Name":"Up","Year":2009,"Month":"NULL"}""", """{"Name":"Up","Year":2009,"Month":null}""")]
    [TestCase("""{"Name":"Up","Year":2009,"release_date":""}""", """{"Name":"Up","Year":2009}""", Description = "TMDB")]
    [TestCase("""{"id":14160,"title":"Up","release_date":"2009-05-28T00:00:00Z"}""", """{"Id":"14160","Name":"Up","Year":2009,"Month":"May"}""", Description = "TMDB")]
    [TestCase("""{"title":"Up","Released":"29 May 2009","Year":"2009"}""", """{"Name":"Up","Year":2009,"Month":"May"}""", Description = "OMDb")]
    [TestCase("""{"Film":"Up","release_year":2009}""", """{"Name":"Up","Year":2009}""")]
    [TestCase("""{"primaryTitle":"Up","startYear":"2009"}""", """{"Name":"Up","Year":"2009"}""", Description = "IMDb")]
    [TestCase("""{"title":"American President, The (1995)"}""", """{"Name":"American President, The","Year":1995}""", Description = "MovieLens")]
    [TestCase("""{"title":"2012 (2009) "}""", """{"Name":"2012","Year":2009}""")]
    [TestCase("""{"title":"(500) Days (of Summer)"}""", """{"Name":"(500) Days (of Summer)"}""")]
    [TestCase("""{"title":"1941 (1979)","year":1979}""", """{"Name":"1941 (1979)","Year":1979}""", Description = "a name beside a year stays as it is")]
    [TestCase("""{"id":7,"watched_at":"2020-01-01","type":"movie","movie":{"title":"Up","year":2009,"ids":{"imdb":"tt1049413"}}}""", """{"Name":"Up","Year":2009}""", Description = "Trakt")]
    public void Map_ValuesOfOtherPrograms_AreUnderstood(string film, string line) => Assert.That(Map(film), Is.EqualTo((line, default(string))));

    [TestCase("""{"Name":"Up","Year":"1998–2003"}""", "Year is '1998–2003'. Year must be a whole number from 1870 to 2200. A range of years is usually that of a series. To leave such lines out, set onError to skip.")]
    [TestCase("""{"Name":"Up","Year":"2009","Month":"Maj"}""", "Month is 'Maj'. Month must be one of January, February, March, April, May, June, July, August, September, October, November, December, or null if it is unknown.")]
    public void FaultOf_ValueThatIsNone_ShowsIt(string film, string fault)
    {
        var mapper = NewMapper();
        mapper.Map(InputRecords.ParseJson(1, Encoding.UTF8.GetBytes(film)));

        Assert.That(FilmLine.FaultOf(mapper.Film), Is.EqualTo(fault));
    }

    [TestCase("Year", """{"Name":"Up","Year":"2009"}""")]
    [TestCase("Date", """{"Name":"Up","Year":2010,"Month":"May"}""")]
    public void Map_YearAndDateThatDiffer_AreWhatIsPreferred(string prefer, string line)
    {
        var mapper = new FilmMapper(new MappingOptions { Prefer = Enum.Parse<PreferredDate>(prefer) });

        Assert.That(Map(mapper, """{"Name":"Up","Year":"2009","release_date":"2010-05-01"}"""), Is.EqualTo((line, default(string))));
    }

    [Test]
    public void Map_ColumnsThatWereChosen_AreTheOnlyOnesWithTheirMeaning()
    {
        var choice = new ColumnChoice(new Dictionary<string, string> { ["Name"] = "Original Title", ["Id"] = "Const" }, ["release date"]);
        var mapper = new FilmMapper(new MappingOptions { Columns = choice });

        var line = Map(mapper, """{"Const":"tt1049413","Title":"Là-haut","Original Title":"Up","Year":2009,"Release Date":"soon"}""");

        Assert.That(line, Is.EqualTo(("""{"Id":"tt1049413","Name":"Up","Year":2009}""", default(string))));
        Assert.That(mapper.NotUsed, Is.EqualTo(new[] { "Title", "Release Date" }));
    }

    [TestCase("""{"Title":"X","Title Type":"TV Episode","Year":2013}""", "TV Episode")]
    [TestCase("""{"primaryTitle":"X","titleType":"tvMiniSeries","startYear":2013}""", "tvMiniSeries")]
    [TestCase("""{"type":"episode","show":{"title":"X","year":2013}}""", "episode")]
    [TestCase("""{"watched_at":"2020-01-01","show":{"title":"X","year":2013}}""", "show")]
    [TestCase("""{"title":"X","Type":"Video Game","Year":2013}""", "Video Game")]
    public void Map_WhatTheFileCallsSomethingElse_IsLeftOutAndCounted(string entry, string kind)
    {
        var mapper = NewMapper();

        Assert.That(Map(mapper, entry).Fault, Is.Null);
        Assert.That(mapper.IsLeftOut, Is.True);
        Assert.That(mapper.LeftOut, Is.EqualTo(new Dictionary<string, long> { [kind] = 1 }));
    }

    [TestCase("Movie", null, false)]
    [TestCase("TV Movie", null, false)]
    [TestCase("Short", null, false)]
    [TestCase("", null, false)]
    [TestCase("Short", "movie", true)]
    [TestCase("TV Episode", "tvEpisode,movie", false)]
    public void Map_Kind_IsImportedAsTheOptionsSay(string kind, string? only, bool isLeftOut)
    {
        var mapper = new FilmMapper(new MappingOptions { Only = only?.Split(',') });

        Map(mapper, $$"""{"Title":"X","Year":2013,"Title Type":"{{kind}}"}""");

        Assert.That(mapper.IsLeftOut, Is.EqualTo(isLeftOut));
    }

    private static FilmMapper NewMapper() => new(new MappingOptions { Latest = Latest });

    private static (string Line, string? Fault) Map(string film) => Map(NewMapper(), film);

    private static (string Line, string? Fault) Map(FilmMapper mapper, string film) => Map(mapper, InputRecords.ParseJson(1, Encoding.UTF8.GetBytes(film)));

    private static (string Line, string? Fault) Map(FilmMapper mapper, InputRecord film)
    {
        using var buffer = new MemoryStream();
        using var writer = new Utf8JsonWriter(buffer);
        var fault = mapper.Map(film);
        if (fault is null && !mapper.IsLeftOut)
        {
            FilmLine.Write(mapper.Film, writer);
        }

        writer.Flush();
        return (Encoding.UTF8.GetString(buffer.ToArray()), fault);
    }
}
