using FilmService.Api.Commands;

namespace FilmService.Api.Tests.Commands;

public sealed class FileFormatTests
{
    [TestCase("films.csv", null, "Csv")]
    [TestCase("films.CSV.gz", null, "Csv")]
    [TestCase("my.films.ndjson", null, "Ndjson")]
    [TestCase("films.jsonl", null, "Ndjson")]
    [TestCase("films.json", null, "Json")]
    [TestCase("title.basics.tsv.gz", null, "Csv")]
    [TestCase("films.txt", "csv", "Csv")]
    [TestCase("-", "ndjson", "Ndjson")]
    [TestCase("films.csv", "json", "Json", Description = "what is said goes before the name")]
    public void Of_Name_IsItsFormat(string path, string? said, string format) => Assert.That(FileFormats.Of(path, said).ToString(), Is.EqualTo(format));

    [TestCase("films.txt")]
    [TestCase("films")]
    [TestCase("csv")]
    [TestCase("-")]
    public void Of_NameThatDoesNotTell_IsRefused(string path) => Assert.That(() => FileFormats.Of(path, null), Throws.InstanceOf<CommandException>());
}
