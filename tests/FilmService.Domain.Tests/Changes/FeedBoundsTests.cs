using FilmService.Domain.Changes;
using FilmService.Domain.Films;

namespace FilmService.Domain.Tests.Changes;

public sealed class FeedBoundsTests
{
    [TestCase("k3f9-4", false)]
    [TestCase("k3f9-5", true)]
    [TestCase("k3f9-9", true)]
    [TestCase("k3f9-10", false)]
    [TestCase("other-7", false)]
    public void Includes_Revision_FromWhatIsRemovedToNow(string revision, bool includes) =>
        Assert.That(new FeedBounds(5, new Revision("k3f9", 9)).Includes(Revision.Parse(revision)!.Value), Is.EqualTo(includes));
}
