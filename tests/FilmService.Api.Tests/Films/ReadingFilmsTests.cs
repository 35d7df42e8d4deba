using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

public sealed class ReadingFilmsTests
{
    [Test]
    public async Task Get_NewDatabase_ListsTheOriginalsTwoFilms()
    {
        await using var host = await FilmServiceHost.StartAsync();

        var answer = await host.CreateClient().SendAsync("GET", "/films");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Body, Is.EqualTo(
            """{"1":{"Name":"Avengers: Infinity War","Year":2018,"Month":"March"},"2":{"Name":"Ant Man and the Wasp","Year":2018,"Month":"August"}}"""));
    }

    [Test]
    public async Task Get_MissingFilm_Returns404WithTheOriginalsMessage()
    {
        await using var host = await FilmServiceHost.StartAsync();

        var answer = await host.CreateClient().SendAsync("GET", "/films/3");

        Assert.That(answer.ContentType, Is.EqualTo("application/problem+json"));
        Assert.That(answer.Problem, Is.EqualTo(
            """{"type":"/problems/film-not-found","title":"Film not found","status":404,"detail":"Film 3 doesn't exist","instance":"/films/3","message":"Film 3 doesn't exist"}"""));
    }
}
