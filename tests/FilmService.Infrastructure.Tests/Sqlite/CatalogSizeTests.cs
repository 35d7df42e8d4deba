using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Caching;
using FilmService.Infrastructure.Sqlite;

namespace FilmService.Infrastructure.Tests.Sqlite;

public sealed class CatalogSizeTests : IDisposable
{
    private readonly CatalogFolder _folder = new();

    [Test]
    public async Task HasMoreThan_WhileFilmsComeAndGo_IsWhatCountingSays()
    {
        var (catalog, random, ids) = (_folder.Open(), new Random(5), new HashSet<string>());
        for (var write = 0; write < 600; write++)
        {
            var id = $"{random.Next(60)}";
            if (random.Next(2) == 0)
            {
                await catalog.SaveAsync(id, Writes.Named($"{write}"));
                ids.Add(id);
            }
            else
            {
                await catalog.DeleteAsync(id);
                ids.Remove(id);
            }

            var bound = random.Next(50);
            Assert.That(await catalog.HasMoreThanAsync(bound, default), Is.EqualTo(ids.Count > bound), $"{ids.Count} films, {bound}");
        }
    }

    [Test]
    public async Task IsMoreThan_FarFromTheBound_CountsOnce()
    {
        var counted = 0;
        var films = new FilmCache(HeadAt(50_000));
        using var size = new CatalogSize(films, _ =>
        {
            counted++;
            return Task.FromResult((20_000L, 50_000L));
        });

        Assert.That(await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => size.IsMoreThanAsync(1_000, default).AsTask())), Is.All.True);
        Assert.That(await size.IsMoreThanAsync(100_000, default), Is.False);
        films.Publish(HeadAt(68_000).Catalog, 68_000);
        Assert.That(await size.IsMoreThanAsync(1_000, default), Is.True);
        Assert.That(counted, Is.EqualTo(1));

        films.Publish(HeadAt(69_000).Catalog, 69_000);
        await size.IsMoreThanAsync(1_000, default);
        Assert.That(counted, Is.EqualTo(2), "19,000 films could have been deleted.");
    }

    [Test]
    public async Task IsMoreThan_FewerRevisionsThanThat_NeedsNoCount()
    {
        using var size = new CatalogSize(new FilmCache(HeadAt(1_000)), _ => throw new InvalidOperationException());

        Assert.That(await size.IsMoreThanAsync(1_000, default), Is.False);
    }

    public void Dispose() => _folder.Dispose();

    private static ProjectedHead HeadAt(long revision) => new(new CatalogHead(new Revision("k3f9", revision), 0, 0), revision);
}
