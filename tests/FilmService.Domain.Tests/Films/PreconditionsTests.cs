using FilmService.Domain.Films;
using static FilmService.Domain.Tests.Films.Samples;

namespace FilmService.Domain.Tests.Films;

public sealed class PreconditionsTests
{
    [Test]
    public void None_AnyFilm_HoldsAndExcludesNothing()
    {
        Assert.That(Preconditions.None.Matches(Up), Is.True);
        Assert.That(Preconditions.None.Matches(null), Is.True);
        Assert.That(Preconditions.None.Excludes(Up), Is.False);
        Assert.That(Preconditions.None.Excludes(null), Is.False);
    }

    [Test]
    public void Includes_Anything_MeansAnyFilmThatIsThere()
    {
        Assert.That(RevisionMatch.Anything.Includes(Up), Is.True);
        Assert.That(RevisionMatch.Anything.Includes(null), Is.False);
    }

    [TestCase("k3f9-7", true)]
    [TestCase("k3f9-6", false)]
    [TestCase("aaaa-7", false, Description = "of another database")]
    public void Includes_NamedRevisions_MeansOneOfThem(string revision, bool included) =>
        Assert.That(Revisions("k3f9-1", revision).Includes(Up), Is.EqualTo(included));

    [Test]
    public void Includes_NoRevisions_MeansNone() => Assert.That(Revisions().Includes(Up), Is.False);

    [Test]
    public void Includes_MissingFilm_IsFalse() => Assert.That(Revisions("k3f9-7").Includes(null), Is.False);
}
