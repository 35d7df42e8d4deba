using FilmService.Infrastructure.Caching;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Compares the number of films with a bound, mostly without counting them: a revision adds or removes at most one, so an earlier
/// count says enough as long as it is farther from the bound than the revision at which it was made.
/// </summary>
internal sealed class CatalogSize(FilmCache films, Func<CancellationToken, Task<(long Films, long Revision)>> count) : IDisposable
{
    private readonly SemaphoreSlim _counting = new(1);
    private Counted? _last;

    public async ValueTask<bool> IsMoreThanAsync(long bound, CancellationToken cancellationToken)
    {
        if (Compare(bound) is { } known)
        {
            return known;
        }

        await _counting.WaitAsync(cancellationToken);
        try
        {
            // Another request may have counted meanwhile.
            return Compare(bound) ?? (_last = await CountAsync(cancellationToken)).Films > bound;
        }
        finally
        {
            _counting.Release();
        }
    }

    private async Task<Counted> CountAsync(CancellationToken cancellationToken)
    {
        var (number, revision) = await count(cancellationToken);
        return new Counted(number, revision);
    }

    // Returns null if the last count does not say.
    private bool? Compare(long bound)
    {
        var now = films.Committed.Revision.Number;
        if (now <= bound)
        {
            return false;
        }

        return Volatile.Read(ref _last) is not { } last ? null
            : last.Films - bound > now - last.Revision ? true
            : bound - last.Films >= now - last.Revision ? false
            : null;
    }

    public void Dispose() => _counting.Dispose();

    private sealed record Counted(long Films, long Revision);
}
