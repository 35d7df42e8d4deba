using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

/// <summary>A catalogue that requires a condition on every change (RFC 6585 §3).</summary>
public sealed class RequiredIfMatchTests : ServiceTest
{
    protected override string[] Settings => ["Films:RequireIfMatch=true"];

    [Test]
    public async Task Put_ExistingFilmWithoutIfMatch_Returns428() => await AssertRefusedAsync(await PutAsync("1", UpArguments), Required);

    [Test]
    public async Task Delete_WithoutIfMatch_Returns428() => await AssertRefusedAsync(await DeleteAsync("1"), Required);

    [Test]
    public async Task Put_ExistingFilmWithIfMatch_Replaces() =>
        Assert.That((await PutAsync("1", UpArguments, $"If-Match: {ETag(1)}")).Body, Is.EqualTo(Up));

    [Test]
    public async Task Put_NewFilm_NeedsNone() => Assert.That((await PutAsync("3", UpArguments)).Status, Is.EqualTo(201));

    [Test]
    public async Task Delete_MissingFilm_Returns404First() => await AssertRefusedAsync(await DeleteAsync("3"), NoSuchFilm("3"));

    [Test]
    public async Task Put_BadFilm_Returns400First() =>
        await AssertRefusedAsync(await PutAsync("1", """{"name":"Up"}"""), Invalid("1", ("year", "Year is required.")));

    private static string Required => Problem(
        "precondition-required", "If-Match is required", 428, "Film 1 exists; send If-Match with the revision that you want to change.", "/films/1");
}
