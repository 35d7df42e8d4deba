using System.Collections.Concurrent;
using FilmService.Domain.Audit;

namespace FilmService.Domain.Access;

#pragma warning disable CA1001 // A source without a timer holds nothing to dispose, and requests may still look at its token.
/// <summary>A stored record. Every change replaces the entry.</summary>
public sealed class InMemoryEntry<T>(T record)
    where T : class
{
    private readonly CancellationTokenSource _revocation = new();
    private T _record = record;

    public T Record => Volatile.Read(ref _record);

    /// <summary>Cancelled when the record is changed or removed, so that connections it opened can be closed.</summary>
    public CancellationToken Revoked => _revocation.Token;

    /// <summary>Replaces the record without revoking it, for changes that do not affect its validity.</summary>
    internal void Note(T noted) => Volatile.Write(ref _record, noted);

    internal void Revoke() => _revocation.Cancel();
}
#pragma warning restore CA1001

/// <summary>
/// All records of one kind, in memory as in the database, so that look-ups need no query. A database belongs to one process, and
/// a change is in both before its task completes: from then on nobody sees the previous state.
/// </summary>
public sealed class InMemoryStore<T>(Func<T, string> key, Func<T, AuditEvent?, Task> save, Func<T, AuditEvent?, Task> remove) : IDisposable
    where T : class
{
    /// <summary>Maximum number of records.</summary>
    public const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, InMemoryEntry<T>> _records = new(StringComparer.Ordinal);

    // Keeps the order of changes in memory the same as in the database.
    private readonly SemaphoreSlim _changing = new(1);

    /// <summary>All records, ordered by key.</summary>
    public IReadOnlyList<T> All => Snapshot().OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value.Record).ToList();

    /// <summary>True if one more record, which it describes, would be more than its owner's share.</summary>
    public Func<T, IEnumerable<T>, bool> ExceedsShare { get; init; } = (_, _) => false;

    /// <summary>The record with this key; null if there is none.</summary>
    public InMemoryEntry<T>? Find(string name) => _records.GetValueOrDefault(name);

    /// <summary>Adds records that are in the database already.</summary>
    public void Fill(IEnumerable<T> records)
    {
        foreach (var record in records)
        {
            _records[key(record)] = new InMemoryEntry<T>(record);
        }
    }

    /// <summary>
    /// Stores a record, replacing the one with its key. Returns null, and stores nothing, if the store is full or the owner's share is.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="audit">Recorded in the same transaction; null for nothing.</param>
    /// <param name="merge">
    /// Makes the record to store of the one that it replaces, null if there is none, and the new one, while nothing else can change; it
    /// throws to refuse the change. Null to store the new one.
    /// </param>
    /// <returns>True if it is new.</returns>
    public async Task<bool?> SaveAsync(T record, AuditEvent? audit, Func<T?, T, T>? merge = null)
    {
        await _changing.WaitAsync();
        try
        {
            var before = Find(key(record));
            if (before is null && (_records.Count >= Capacity || ExceedsShare(record, Snapshot().Select(entry => entry.Value.Record))))
            {
                return null;
            }

            var saved = merge is null ? record : merge(before?.Record, record);
            await save(saved, audit);
            _records[key(saved)] = new InMemoryEntry<T>(saved);
            before?.Revoke();
            return before is null;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Replaces a record that has not changed since, and stores it by other means.</summary>
    /// <returns>False, and nothing is stored, if it has changed.</returns>
    public async Task<bool> ReplaceAsync(InMemoryEntry<T> before, T record, Func<Task> store)
    {
        await _changing.WaitAsync();
        try
        {
            if (Find(key(record)) != before)
            {
                return false;
            }

            await store();
            _records[key(record)] = new InMemoryEntry<T>(record);
            before.Revoke();
            return true;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Removes records that are no longer in the database.</summary>
    public void Forget(Func<T, bool> isGone)
    {
        foreach (var (name, entry) in _records)
        {
            if (isGone(entry.Record) && _records.TryRemove(new(name, entry)))
            {
                entry.Revoke();
            }
        }
    }

    /// <param name="name">The record's key.</param>
    /// <param name="audit">Recorded in the same transaction; null for nothing.</param>
    /// <param name="check">Called while nothing else can change; it throws to refuse the removal.</param>
    /// <returns>False if it did not exist.</returns>
    public async Task<bool> RemoveAsync(string name, AuditEvent? audit, Action<T>? check = null)
    {
        await _changing.WaitAsync();
        try
        {
            if (Find(name) is not { } before)
            {
                return false;
            }

            check?.Invoke(before.Record);
            await remove(before.Record, audit);
            _records.TryRemove(name, out _);
            before.Revoke();
            return true;
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose() => _changing.Dispose();

    // LINQ copies the dictionary in two steps, and fails if it grows in between; its own copy is made under its locks.
    private KeyValuePair<string, InMemoryEntry<T>>[] Snapshot() => _records.ToArray();
}
