using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

/// <summary>Film ids in a path, byte by byte.</summary>
public sealed class FilmIdsTests : ServiceTest
{
    [TestCase("a", "a")]
    [TestCase("A", "A")]
    [TestCase("%61", "a")]
    [TestCase("a%20b+c", "a b+c")]
    [TestCase("%20", " ")]
    [TestCase("%252F", "%2F")]
    [TestCase("%252e%252e", "%2e%2e")]
    [TestCase("...", "...")]
    [TestCase("a..", "a..")]
    [TestCase(".%20", ". ")]
    [TestCase("%25", "%")]
    [TestCase("100%25", "100%")]
    [TestCase("a%3Fb%23c", "a?b#c")]
    [TestCase("a;b=c,d:e@f", "a;b=c,d:e@f")]
    [TestCase("a%5Cb", "a\\b")]
    [TestCase("%22'%3C%3E%26", "\"'<>&")]
    [TestCase("%C3%A9", "é")]
    [TestCase("e%CC%81", "e\u0301")]
    [TestCase("%F0%9F%98%80", "😀")]
    [TestCase("%E2%80%8B", "\u200b")]
    [TestCase("%EF%BB%BFa", "\ufeffa")]
    [TestCase("007", "007")]
    [TestCase("null", "null")]
    public async Task Put_AnyId_IsKeptExactly(string inPath, string id)
    {
        var put = await Host.SendRawJsonAsync($"PUT /films/{inPath}", UpArguments);

        Assert.That((put.Status, put.Body), Is.EqualTo((201, Up)));
        Assert.That((await GetAsync("/films")).Json.AsObject().Last().Key, Is.EqualTo(id));
        Assert.That((await Host.SendRawAsync($"GET /films/{inPath}")).Body, Is.EqualTo(Up));
        Assert.That((await Host.SendRawAsync($"DELETE /films/{inPath}")).Status, Is.EqualTo(204));
    }

    [TestCase("a", 128)]
    [TestCase("%C3%A9", 128)]
    [TestCase("%F0%9F%98%80", 128)]
    [TestCase("7", 128)]
    public async Task Put_IdOf128CodePoints_IsTaken(string codePoint, int count) =>
        Assert.That((await Host.SendRawJsonAsync($"PUT /films/{Repeat(codePoint, count)}", UpArguments)).Status, Is.EqualTo(201));

    [TestCase("a", 129)]
    [TestCase("%F0%9F%98%80", 129)]
    [TestCase("0", 129)]
    [TestCase("a", 6000)]
    public async Task Put_LongerId_IsRefused(string codePoint, int count)
    {
        var path = $"/films/{Repeat(codePoint, count)}";

        var answer = await Host.SendRawJsonAsync($"PUT {path}", UpArguments);

        await AssertRefusedAsync(answer, InvalidId(path));
    }

    [TestCase("a%2Fb")]
    [TestCase("%2f")]
    [TestCase("%01")]
    [TestCase("a%0D%0Ab")]
    [TestCase("%7F")]
    [TestCase("%C2%85")]
    [TestCase("%FF")]
    [TestCase("%C0%AF")]
    [TestCase("%ED%A0%80")]
    [TestCase("%E2%82")]
    [TestCase("%zz")]
    [TestCase("a%")]
    [TestCase("%4")]
    public async Task Request_IdThatNoFilmCanHave_IsRefused(string inPath)
    {
        foreach (var method in new[] { "GET", "DELETE" })
        {
            var answer = await Host.SendRawAsync($"{method} /films/{inPath}");
            Assert.That((answer.Status, answer.ContentType, (string?)answer.Json["type"]), Is.EqualTo((400, "application/problem+json", "/problems/invalid-film-id")));
        }

        var put = await Host.SendRawJsonAsync($"PUT /films/{inPath}", UpArguments);
        Assert.That((put.Status, (string?)put.Json["type"]), Is.EqualTo((400, "/problems/invalid-film-id")));
        await AssertNothingStoredAsync();
    }

    [TestCase("/films/.")]
    [TestCase("/films/..")]
    [TestCase("/films/%2e")]
    [TestCase("/films/%2e%2e")]
    [TestCase("/films/%2E.")]
    [TestCase("/films/a/../1")]
    [TestCase("/a/../films/1")]
    [TestCase("/./films/1")]
    [TestCase("/films/1/.")]
    public async Task Request_DotSegments_AreNotFollowed(string path)
    {
        foreach (var answer in new[] { await Host.SendRawAsync($"DELETE {path}"), await Host.SendRawJsonAsync($"PUT {path}", UpArguments) })
        {
            Assert.That((answer.Status, answer.ContentType, (string?)answer.Json["type"]), Is.EqualTo((400, "application/problem+json", "/problems/invalid-film-id")));
        }

        await AssertNothingStoredAsync();
    }

    [TestCase("GET /films/a%00b")]
    [TestCase("GET /films/\0")]
    [TestCase("GET /films/\xff")]
    [TestCase("GET /films/\xc3\xa9")]
    [TestCase("GET /films/a b")]
    [TestCase("DELETE /films/1\x01")]
    public async Task Request_BytesThatHttpForbids_NeverReachTheFilms(string requestLine)
    {
        var answer = await Host.SendRawAsync(requestLine);

        Assert.That(answer.Status, Is.EqualTo(400));
        await AssertNothingStoredAsync();
    }

    [TestCase("/films/")]
    [TestCase("/films//")]
    [TestCase("/films//1")]
    [TestCase("//films/1")]
    [TestCase("/films/1/")]
    [TestCase("/films/1/2")]
    [TestCase("/Films/1")]
    [TestCase("/FILMS")]
    [TestCase("/%66ilms/%31/")]
    [TestCase("/nothing")]
    [TestCase("/hello_world/")]
    [TestCase("/Hello_World")]
    public async Task Request_PathOfNothing_Returns404(string path)
    {
        var answer = await Host.SendRawJsonAsync($"PUT {path}", UpArguments);

        Assert.That((answer.Status, answer.ContentType, (string?)answer.Json["type"]), Is.EqualTo((404, "application/problem+json", "/problems/not-found")));
        await AssertNothingStoredAsync();
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
