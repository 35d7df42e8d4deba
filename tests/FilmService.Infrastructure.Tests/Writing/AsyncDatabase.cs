using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Writing;

namespace FilmService.Infrastructure.Tests.Writing;

/// <summary>An in-memory database that completes on other threads, like one accessed over a network.</summary>
internal sealed class AsyncDatabase : ICatalogDatabase
{
    private readonly Dictionary<FilmId, Film?> _films = [];

    public CatalogHead Head { get; private set; } = new(new Revision("k3f9", 0), 0, 0);

    /// <summary>The number of films that each round has loaded.</summary>
    public List<int> Loads { get; } = [];

    public int Commits { get; private set; }

    public int Open { get; private set; }

    /// <summary>Thrown by the next commit.</summary>
    public Exception? Failure { get; set; }

    public Film? Find(FilmId id) => _films.GetValueOrDefault(id);

    public async ValueTask<ICatalogTransaction> BeginAsync()
    {
        await Task.Yield();
        Open++;
        return new Transaction(this);
    }

    public ValueTask<ICatalogTransaction> BeginImportAsync(FilmImport import) => BeginAsync();

    public async ValueTask<ICatalogPreview> BeginPreviewAsync(CancellationToken cancellationToken) => await BeginAsync();

    private sealed class Transaction(AsyncDatabase database) : ICatalogTransaction
    {
        private readonly Dictionary<FilmId, Film?> _films = [];
        private CatalogHead _head = database.Head;

        public async ValueTask<LoadedCatalog> LoadAsync(BatchNeeds needs)
        {
            await Task.Yield();
            database.Loads.Add(needs.Films.Count);
            return new LoadedCatalog(_head, needs.Films.ToDictionary(id => id, Find), new Dictionary<CallerKey, IdempotencyRecord>()) { KeyTime = default };
        }

        public async ValueTask AppendAsync(CatalogAppend append)
        {
            await Task.Yield();
            foreach (var change in append.Changes)
            {
                _films[change.Id] = change.ToFilm();
            }

            _head = append.Head;
        }

        public async ValueTask<long> CountDuplicatesAsync()
        {
            await Task.Yield();
            return 0;
        }

        public ValueTask<IReadOnlyList<ImportLine>> ReadLateAsync(CatalogRestore restore) => new(Array.Empty<ImportLine>());

        public async ValueTask CommitAsync()
        {
            await Task.Yield();
            if (database.Failure is { } failure)
            {
                database.Failure = null;
                throw failure;
            }

            foreach (var (id, film) in _films)
            {
                database._films[id] = film;
            }

            (database.Head, database.Commits) = (_head, database.Commits + 1);
        }

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            database.Open--;
        }

        private Film? Find(FilmId id) => _films.TryGetValue(id, out var film) ? film : database.Find(id);
    }
}
