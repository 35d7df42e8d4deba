using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Import;

namespace FilmService.Infrastructure.Tests.Import;

public sealed class StagedLinesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("filmservice-").FullName;

    [Test]
    public void ReadAll_LinesOfEveryKind_AreAsTheyWereAddedEachTime()
    {
        ImportLine[] lines =
        [
            new(1, FilmId.Generated(7), new FilmPatch { [FilmFields.Name] = "Up 🎬", [FilmFields.Year] = 2009, [FilmFields.Month] = Month.May }),
            new(2, null, new FilmPatch { [FilmFields.Name] = "Up", [FilmFields.Year] = 2009, [FilmFields.Month] = FieldValue.Null }),
            new(3, FilmId.Generated(7), new FilmPatch { [FilmFields.Year] = 2010 }),
            new(4, FilmId.Generated(7), new FilmPatch()),
            new(5, null, null) { LeftOutAs = "TV Episode" },
            new(long.MaxValue, FilmId.Generated(7), null),
        ];
        using var staged = new StagedLines(TemporaryFiles.In(_folder));
        Array.ForEach(lines, staged.Add);

        Assert.That(staged.ReadAll(), Is.EqualTo(lines));
        Assert.That(staged.ReadAll(), Is.EqualTo(lines));
        Assert.That(Directory.EnumerateFiles(_folder).Count(), Is.EqualTo(1));
    }

    [Test]
    public void Dispose_Always_RemovesTheFile()
    {
        new StagedLines(TemporaryFiles.In(_folder)).Dispose();

        Assert.That(Directory.EnumerateFiles(_folder), Is.Empty);
    }

    [Test]
    [Platform("Linux", Reason = "Only there is a file that is always full.")]
    public void Add_DiskFull_IsUnavailable()
    {
        using var staged = new StagedLines(new FileStream("/dev/full", FileMode.Open, FileAccess.ReadWrite));

        Assert.That(
            () => Enumerable.Range(1, 1000).ToList().ForEach(number => staged.Add(new ImportLine(number, null, new FilmPatch { [FilmFields.Name] = "Up", [FilmFields.Year] = 2009 }))),
            Throws.InstanceOf<CatalogUnavailableException>().With.InnerException.Message.Contains("No space left"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
