using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using static FilmService.Domain.Tests.Films.Samples;

namespace FilmService.Domain.Tests.Films;

public sealed class FilmTests
{
    [Test]
    public void Members_Film_AreThoseOfItsDetails()
    {
        Assert.That(Up.Name, Is.EqualTo("Up"));
        Assert.That(Up.Year, Is.EqualTo(2009));
        Assert.That(Up.Month, Is.EqualTo(Month.May));
    }

    [TestCase(FilmOutcomeKind.Created, true)]
    [TestCase(FilmOutcomeKind.Replaced, true)]
    [TestCase(FilmOutcomeKind.Unchanged, true)]
    [TestCase(FilmOutcomeKind.Deleted, true)]
    [TestCase(FilmOutcomeKind.NotFound, false)]
    [TestCase(FilmOutcomeKind.IdTaken, false)]
    [TestCase(FilmOutcomeKind.PreconditionFailed, false)]
    [TestCase(FilmOutcomeKind.PreconditionRequired, false)]
    [TestCase(FilmOutcomeKind.KeyReused, false)]
    public void IsSuccess_Outcome_SaysWhetherItIsAsAsked(FilmOutcomeKind kind, bool success) =>
        Assert.That(new FilmOutcome(kind, Id, null, Up.Revision).IsSuccess, Is.EqualTo(success));

    [Test]
    public void SeedFilms_Always_AreTheOriginalsTwo() => Assert.That(
        SeedFilms.All.Select(film => $"{film.Key}: {film.Value.Name}, {film.Value.Month?.ToName()} {film.Value.Year}"),
        Is.EqualTo(new[] { "1: Avengers: Infinity War, March 2018", "2: Ant Man and the Wasp, August 2018" }));

    [Test]
    public void IdempotencyKey_Always_LivesADay() => Assert.That(IdempotencyKey.Lifetime, Is.EqualTo(TimeSpan.FromDays(1)));

    [Test]
    public void CatalogUnavailable_Always_KeepsTheCause()
    {
        var cause = new InvalidOperationException();

        Assert.That(new CatalogUnavailableException("The database is not responding.", cause).InnerException, Is.SameAs(cause));
    }
}
