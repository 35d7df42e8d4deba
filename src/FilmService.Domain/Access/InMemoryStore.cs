using System.Collections.Concurrent;

namespace FilmService.Domain.Access;

#pragma warning disable CA1001 // A source without a timer holds nothing to dispose, and requests may still look at its token.
/// <summary>A record as it stands in a register. Every change puts another in its place.</summary>
public sealed class InMemoryEntry<T>(T record)
    where T : class
{
    private readonly CancellationTokenSource _revocation = new();
    private T _record = record;

    /// <summary>The record.</summary>
    public T Record => Volatile.Read(ref _record);

    /// <summary>Cancelled when the record is changed or removed, so that what it opened can be closed.</summary>
    public CancellationToken Revoked => _revocation.Token;

    /// <summary>Notes something on the record that changes nothing about it.</summary>
    internal void Note(T noted) => Volatile.Write(ref _record, noted);

    internal void Revoke() => _revocation.Cancel();
}
#pragma warning restore CA1001

/// <summary>
/// All records of one kind, in memory as in the database, so that asking costs no query. One process holds a database,
/// and a change is in both before its task is done: from then on nobody finds what was before.
/// </summary>
/// <param name="key">The key of a record.</param>
/// <param name="save">Stores a record.</param>
/// <param name="remove">Removes a record.</param>
public sealed class InMemoryStore<T>(Func<T, string> key, Func<T, Task> save, Func<T, Task> remove) : IDisposable
    where T : class
{
    /// <summary>The most records that a register takes.</summary>
    public const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, InMemoryEntry<T>> _records = new(StringComparer.Ordinal);

    // The order in memory must be the order in the database.
    private readonly SemaphoreSlim _changing = new(1);

    /// <summary>All records, in the order of their keys.</summary>
    public IReadOnlyList<T> All => _records.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value.Record).ToList();

    /// <summary>The record of a key; null when there is none.</summary>
    public InMemoryEntry<T>? Find(string name) => _records.GetValueOrDefault(name);

    /// <summary>Takes records that are in the database already.</summary>
    public void Fill(IEnumerable<T> records)
    {
        foreach (var record in records)
        {
            _records[key(record)] = new InMemoryEntry<T>(record);
        }
    }

    /// <summary>Stores a record, in place of the one with its key. Nothing is stored, and the answer is null, when the register is full.</summary>
    /// <returns>True when it is new.</returns>
    public async Task<bool?> SaveAsync(T record)
    {
        await _changing.WaitAsync();
        try
        {
            var before = Find(key(record));
            if (before is null && _records.Count >= Capacity)
            {
                return null;
            }

            await save(record);
            _records[key(record)] = new InMemoryEntry<T>(record);
            before?.Revoke();
            return before is null;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Removes a record.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> RemoveAsync(string name)
    {
        await _changing.WaitAsync();
        try
        {
            if (Find(name) is not { } before)
            {
                return false;
            }

            await remove(before.Record);
            _records.TryRemove(name, out _);
            before.Revoke();
            return true;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _changing.Dispose();
}
