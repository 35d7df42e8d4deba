using FilmService.Domain.Films;
using FilmService.Infrastructure.Caching;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PackedFilmStoreTests
{
    private const int Megabyte = 1 << 20;

    private readonly PackedFilmStore _films = new("k3f9", 2 * Megabyte);

    [TestCase("1", "Up", 1870, 1)]
    [TestCase("007", "🎬 Amélie 七人の侍", 2200, 12)]
    [TestCase("七人 a,\"b\" 🎬", " ", 2009, null)]
    public void Find_AddedFilm_IsTheSame(string id, string name, int year, int? month)
    {
        var film = new Film(Id(id), new FilmDetails("x" + name, year, (Month?)month), new Revision("k3f9", long.MaxValue));
        _films.Add(film);

        Assert.That(_films.Find(Id(id)), Is.EqualTo(film));
        Assert.That(_films.Find(Id(id + "0")), Is.Null);
    }

    [Test]
    public void Find_LongestIdAndName_IsTheSame()
    {
        var film = Film(string.Concat(Enumerable.Repeat("🎬", FilmId.MaxLength)), string.Concat(Enumerable.Repeat("🎞", FilmDetails.NameMaxLength)));
        _films.Add(film);

        Assert.That(_films.Find(film.Id), Is.EqualTo(film));
    }

    [Test]
    public void Add_IdInTheStore_KeepsTheFirstFilm()
    {
        _films.Add(Film("1", "Up"));
        _films.Add(Film("1", "Down"));

        Assert.That(_films.Find(Id("1"))!.Name, Is.EqualTo("Up"));
    }

    [Test]
    public void Remove_EveryThirdOfMany_LeavesTheOthers()
    {
        var films = Enumerable.Range(0, 10_000).Select(number => Film($"{number}", $"Film {number}")).ToList();
        films.ForEach(_films.Add);
        foreach (var film in films.Where((_, index) => index % 3 == 0))
        {
            _films.Remove(film.Id);
        }

        Assert.That(films.Select(film => _films.Find(film.Id)), Is.EqualTo(films.Select((film, index) => index % 3 == 0 ? null : film)));
        _films.Add(Film("0", "Again"));
        Assert.That(_films.Find(Id("0"))!.Name, Is.EqualTo("Again"));
    }

    [Test]
    public void Clear_Films_RemovesAll()
    {
        _films.Add(Film("1", "Up"));
        _films.Clear();

        Assert.That(_films.Find(Id("1")), Is.Null);
        _films.Add(Film("1", "Down"));
        Assert.That(_films.Find(Id("1"))!.Name, Is.EqualTo("Down"));
    }

    [Test]
    public void Add_MoreThanMaxBytes_EvictsOlderFilms()
    {
        var films = Enumerable.Range(0, 10_000).Select(number => Film($"{number}", new string('x', FilmDetails.NameMaxLength))).ToList();
        foreach (var film in films)
        {
            _films.Add(film);
            Assert.That(_films.Find(film.Id), Is.EqualTo(film));
        }

        var kept = films.Where(film => _films.Find(film.Id) is not null).ToList();
        Assert.That(kept.Count * FilmDetails.NameMaxLength, Is.InRange(Megabyte / 4, 2 * Megabyte));
        Assert.That(kept.Select(film => _films.Find(film.Id)), Is.EqualTo(kept));
    }

    // Among this many, some ids have the same hash.
    [Test]
    public void Find_IdsWithEqualHashes_TellsThemApart()
    {
        var (films, ids) = (new PackedFilmStore("k3f9", 64 * Megabyte), Enumerable.Range(0, 300_000).Select(number => $"{number}").ToList());
        ids.ForEach(id => films.Add(Film(id, id)));

        Assert.That(ids.Select(id => films.Find(Id(id))?.Name), Is.EqualTo(ids));
    }

    [Test]
    public async Task Find_ConcurrentAddAndRemove_NeverMixesFilms()
    {
        var films = Enumerable.Range(0, 500).Select(number => Film($"{number}", new string((char)('a' + (number % 26)), 1 + (number % 400)))).ToList();
        var (found, wrong) = (0, 0);

        void Work(int seed)
        {
            var dice = new Random(seed);
            for (var i = 0; i < 50_000; i++)
            {
                var film = films[dice.Next(films.Count)];
                switch (dice.Next(4))
                {
                    case 0:
                        _films.Add(film);
                        break;
                    case 1:
                        _films.Remove(film.Id);
                        break;
                    default:
                        var there = _films.Find(film.Id);
                        Interlocked.Add(ref found, there is null ? 0 : 1);
                        Interlocked.Add(ref wrong, there is null || there == film ? 0 : 1);
                        break;
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(seed => Task.Run(() => Work(seed))));

        Assert.That(wrong, Is.Zero);
        Assert.That(found, Is.Positive);
    }

    private static Film Film(string id, string name) => new(Id(id), new FilmDetails(name, 2009, null), new Revision("k3f9", 7));
}
