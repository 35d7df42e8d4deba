using System.Text;
using System.Text.Json;
using FilmService.Api.Commands;
using FilmService.Api.Commands.Reading;
using FilmService.Api.Import.Mapping;
using FilmService.Api.Import.Reading;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Import.Mapping;

/// <summary>Small files in the layouts of other programs, made for this test.</summary>
public sealed class OtherProgramsTests
{
    private const string Up = """{"Name":"Up","Year":"2009"}""";
    private const string Jaws = """{"Name":"Jaws","Year":"1975"}""";

    [TestCase("letterboxd-watched.csv", """{"Name":"Crouching Tiger, Hidden Dragon","Year":"2000"}|{"Name":"Am\u00E9lie","Year":"2001"}""", "Date,Letterboxd URI")]
    [TestCase("letterboxd-reviews.csv", Up + "|" + Jaws, "Date,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date")]
    [TestCase("letterboxd-list.csv", Up + "|" + Jaws, "Position,URL,Description")]
    [TestCase("imdb-ratings.csv", """{"Name":"Up","Year":2009,"Month":"May"}""", "Const,Your Rating,Date Rated,Original Title,URL,IMDb Rating,Runtime (mins),Genres,Num Votes,Directors", "TV Episode 1")]
    [TestCase("imdb-title.basics.tsv", """{"Name":"A \u0022quoted\u0022 short","Year":"1894"}""", "tconst,originalTitle,isAdult,endYear,runtimeMinutes,genres", "tvEpisode 1")]
    [TestCase("movielens-movies.csv", """{"Name":"Toy Story","Year":1995}|{"Name":"American President, The","Year":1995}""", "movieId,genres")]
    [TestCase("tmdb-results.json", """{"Id":"14160","Name":"Up","Year":2009,"Month":"May"}|{"Id":"578","Name":"Jaws","Year":1975,"Month":"June"}""", "adult,original_title")]
    [TestCase("trakt-history.json", """{"Name":"Up","Year":2009}""", "watched_at,action,id,ids,episode,show", "episode 1")]
    [TestCase("omdb.json", """{"Name":"Up","Year":2009,"Month":"May"}""", "imdbID")]
    [TestCase("pandas.csv", """{"Name":"Up","Year":"2009","Month":null}|{"Name":"Jaws","Year":"1975","Month":"June"}""", "")]
    [TestCase("own-saved-by-excel.csv", """{"Id":"1","Name":"Up; up","Year":"2009","Month":"May"}|{"Id":"007","Name":"Jaws","Year":"1975","Month":null}""", "")]
    [TestCase("own-saved-as-unicode-text.csv", """{"Id":"1","Name":"Am\u00E9lie","Year":"2001","Month":"April"}""", "")]
    [TestCase("own-saved-by-libreoffice-cp1252.csv", """{"Id":"1","Name":"Am\u00E9lie","Year":"2001","Month":"April"}""", "", "", "windows-1252")]
    [TestCase("own-map.json", """{"Id":"1","Name":"Up","Year":2009,"Month":"May"}|{"Id":"a","Name":"Jaws","Year":1975,"Month":null}""", "")]
    [TestCase("own-list.json", """{"Id":"1","Name":"Up","Year":2009,"Month":"May"}""", "")]
    public async Task Read_FileOfAnotherProgram_GivesItsFilms(string name, string films, string notUsed, string leftOut = "", string? encoding = null)
    {
        var mapper = new FilmMapper(new MappingOptions());
        await using var file = InputFile.Open(Repository.Path("tests/FilmService.Api.Tests/Import/Files/" + name), encoding is null ? null : TextSource.FindEncoding(encoding));

        var lines = new List<string>();
        await foreach (var record in file.ReadAsync(FileFormats.OfInput(name, null), mapper, CancellationToken.None))
        {
            lines.Add(mapper.Map(record) ?? (mapper.IsLeftOut ? "" : ToLine(mapper)));
        }

        Assert.That(string.Join('|', lines.Where(line => line.Length > 0)), Is.EqualTo(films));
        Assert.That(string.Join(',', mapper.NotUsed), Is.EqualTo(notUsed));
        Assert.That(string.Join(',', mapper.LeftOut.Select(kind => $"{kind.Key} {kind.Value}")), Is.EqualTo(leftOut));
    }

    private static string ToLine(FilmMapper mapper)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            FilmLine.Write(mapper.Film, writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
