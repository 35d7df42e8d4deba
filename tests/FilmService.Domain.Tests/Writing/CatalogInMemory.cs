using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Domain.Tests.Writing;

/// <summary>An in-memory catalogue that loads what a batch needs and stores its results, like a database.</summary>
internal sealed class CatalogInMemory
{
    private readonly Dictionary<FilmId, Film?> _films = [];
    private readonly Dictionary<CallerKey, IdempotencyRecord> _records = [];

    public CatalogHead Head { get; set; } = new(new Revision("k3f9", 7), LastGeneratedId: 9, RemovedThrough: 0);

    /// <summary>The time of the next batch.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 9, 14, 3, TimeSpan.Zero);

    /// <summary>What each round has requested.</summary>
    public List<BatchNeeds> Loads { get; } = [];

    /// <summary>What the last batch has stored.</summary>
    public CatalogAppend? Appended { get; private set; }

    public CatalogInMemory With(params IEnumerable<Film> films)
    {
        foreach (var film in films)
        {
            _films[film.Id] = film;
        }

        return this;
    }

    public Film? Find(string id) => _films.GetValueOrDefault(Id(id));

    public static FilmId Id(string text) => FilmId.TryParse(text, out var id) ? id : throw new ArgumentException(text);

    public IReadOnlyList<WriteResult> Write(params IReadOnlyList<FilmWrite> writes)
    {
        var result = WriteBatch.Decide(writes, Load(WriteBatch.Needs(writes)), Now);
        while (result.StillNeeds is { } needs)
        {
            result = WriteBatch.Decide(writes, Load(needs), Now);
        }

        Store(result.Append);
        return result.Results;
    }

    /// <summary>Executes a batch in which no decision throws.</summary>
    public List<FilmOutcome> WriteAll(params IReadOnlyList<FilmWrite> writes) => [.. Write(writes).Select(result => result.Outcome!)];

    private LoadedCatalog Load(BatchNeeds needs)
    {
        Loads.Add(needs);
        return new LoadedCatalog(
            Head,
            needs.Films.ToDictionary(id => id, id => _films.GetValueOrDefault(id)),
            needs.Keys.Where(_records.ContainsKey).ToDictionary(key => key, key => _records[key]))
        {
            KeyTime = Now,
            Named = needs.Names.ToDictionary(name => name, name => (IReadOnlyList<Film>)[.. FilmsNamed(name).Where(film => !needs.Films.Contains(film.Id)).Take(2)]),
        };
    }

    private IEnumerable<Film> FilmsNamed(NameAndYear name) => _films.Values.OfType<Film>().Where(film => NameAndYear.Of(film.Details) == name);

    private void Store(CatalogAppend append)
    {
        foreach (var change in append.Changes)
        {
            _films[change.Id] = change.ToFilm();
        }

        foreach (var record in append.Records)
        {
            _records[record.Owner] = record;
        }

        (Head, Appended) = (append.Head, append);
    }
}
