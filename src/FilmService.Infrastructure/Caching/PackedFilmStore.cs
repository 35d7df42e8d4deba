using System.Runtime.InteropServices;
using System.Text;
using FilmService.Domain.Films;

namespace FilmService.Infrastructure.Caching;

/// <summary>
/// A hash table of films with bounded memory. An ordinary film is packed into 62 bytes; as objects in an LRU cache it
/// takes 340, and the garbage collector has to trace them (docs/decisions/0008-films-in-memory.md).
/// </summary>
/// <remarks>
/// The films are divided into shards by the hash of their id, each with a lock that is held for less than a microsecond. A full
/// shard is emptied: films that are often requested are soon added again, and no read has to maintain an order of eviction.
/// </remarks>
internal sealed class PackedFilmStore
{
    private const int ShardBits = 4;

    private readonly Shard[] _shards;

    /// <param name="epoch">The epoch of the films' revisions.</param>
    /// <param name="maxBytes">The most memory for the arenas. The buckets take another 8 to 16 bytes per film.</param>
    public PackedFilmStore(string epoch, int maxBytes) =>
        _shards = Array.ConvertAll(new Shard[1 << ShardBits], _ => new Shard(epoch, (maxBytes >> ShardBits) / Shard.ChunkLength));

    /// <summary>The film as it was added; null if it is not in the store.</summary>
    public Film? Find(FilmId id)
    {
        var key = new Key(id, stackalloc byte[Key.MaxLength]);
        return ShardOf(key).Find(key);
    }

    /// <summary>Adds a film, unless the store has one with this id.</summary>
    public void Add(Film film)
    {
        var key = new Key(film.Id, stackalloc byte[Key.MaxLength]);
        ShardOf(key).Add(key, film);
    }

    public void Remove(FilmId id)
    {
        var key = new Key(id, stackalloc byte[Key.MaxLength]);
        ShardOf(key).Remove(key);
    }

    public void Clear() => Array.ForEach(_shards, shard => shard.Clear());

    private Shard ShardOf(Key key) => _shards[(uint)key.Hash >> (32 - ShardBits)];

    /// <summary>An id with its hash and its UTF-8 bytes.</summary>
    private readonly ref struct Key(FilmId id, Span<byte> buffer)
    {
        public const int MaxLength = 4 * FilmId.MaxLength;

        public FilmId Id { get; } = id;

        public int Hash { get; } = id.Value.GetHashCode(StringComparison.Ordinal);

        public ReadOnlySpan<byte> Text { get; } = buffer[..Encoding.UTF8.GetBytes(id.Value, buffer)];
    }

    /// <summary>The header of an entry; the UTF-8 bytes of the id and the bytes of the film follow it.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
    private struct Entry
    {
        public long Revision;
        public int Hash;
        public int Next;
        public short IdLength;
        public short DetailsLength;
    }

    /// <summary>
    /// A hash table with chaining. Its entries are appended to an arena, a list of chunks of equal length; the address of an entry
    /// is the number of its chunk followed by its offset there. The bytes of a removed entry are not used again until the shard is
    /// emptied.
    /// </summary>
    private sealed class Shard(string epoch, int maxChunks)
    {
        public const int ChunkLength = 1 << ChunkBits;

        private const int ChunkBits = 16;
        private const int InitialBuckets = 64;
        private const int None = -1;

        private static readonly int HeaderLength = Marshal.SizeOf<Entry>();

        private readonly Lock _gate = new();
        private readonly List<byte[]> _chunks = [];
        // The address of the first entry of each chain.
        private int[] _buckets = EmptyBuckets(InitialBuckets);
        private int _count;
        private int _endOfChunk = ChunkLength;

        public Film? Find(Key key)
        {
            lock (_gate)
            {
                var address = LinkTo(key);
                return address == None ? null : Unpack(key.Id, address);
            }
        }

        public void Add(Key key, Film film)
        {
            lock (_gate)
            {
                if (LinkTo(key) == None)
                {
                    Append(key, film);
                }
            }
        }

        public void Remove(Key key)
        {
            lock (_gate)
            {
                ref var link = ref LinkTo(key);
                if (link != None)
                {
                    link = EntryAt(link).Next;
                    _count--;
                }
            }
        }

        public void Clear()
        {
            lock (_gate)
            {
                Empty();
            }
        }

        private static int[] EmptyBuckets(int count)
        {
            var buckets = new int[count];
            Array.Fill(buckets, None);
            return buckets;
        }

        // The link in a chain that holds the film's address; the last link of the chain, which is None, if the film is not there.
        private ref int LinkTo(scoped Key key)
        {
            ref var link = ref BucketOf(key.Hash);
            while (link != None && !(EntryAt(link).Hash == key.Hash && IdAt(link).SequenceEqual(key.Text)))
            {
                link = ref EntryAt(link).Next;
            }

            return ref link;
        }

        private Film Unpack(FilmId id, int address)
        {
            ref var entry = ref EntryAt(address);
            return new Film(id, FilmBytes.Read(DetailsAt(address)), new Revision(epoch, entry.Revision));
        }

        private void Append(Key key, Film film)
        {
            var entry = new Entry
            {
                Revision = film.Revision.Number,
                Hash = key.Hash,
                IdLength = (short)key.Text.Length,
                DetailsLength = (short)FilmBytes.LengthOf(film.Details),
            };
            var address = Allocate(HeaderLength + entry.IdLength + entry.DetailsLength);
            EntryAt(address) = entry;
            key.Text.CopyTo(IdAt(address));
            FilmBytes.Write(film.Details, DetailsAt(address));
            Link(address);
            if (++_count > _buckets.Length / 2)
            {
                Rehash();
            }
        }

        private int Allocate(int length)
        {
            if (_endOfChunk + length > ChunkLength)
            {
                AddChunk();
            }

            var address = ((_chunks.Count - 1) << ChunkBits) + _endOfChunk;
            _endOfChunk += length;
            return address;
        }

        private void AddChunk()
        {
            if (_chunks.Count == maxChunks)
            {
                Empty();
            }

            // Pinned: chunks live long, and the garbage collector need not move them.
            _chunks.Add(GC.AllocateUninitializedArray<byte>(ChunkLength, pinned: true));
            _endOfChunk = 0;
        }

        private void Link(int address)
        {
            ref var entry = ref EntryAt(address);
            ref var bucket = ref BucketOf(entry.Hash);
            (entry.Next, bucket) = (bucket, address);
        }

        private void Rehash()
        {
            var before = _buckets;
            _buckets = EmptyBuckets(2 * before.Length);
            foreach (var first in before)
            {
                for (var address = first; address != None;)
                {
                    var next = EntryAt(address).Next;
                    Link(address);
                    address = next;
                }
            }
        }

        private void Empty()
        {
            _chunks.Clear();
            (_buckets, _count, _endOfChunk) = (EmptyBuckets(InitialBuckets), 0, ChunkLength);
        }

        private ref int BucketOf(int hash) => ref _buckets[hash & (_buckets.Length - 1)];

        private ref Entry EntryAt(int address) => ref MemoryMarshal.AsRef<Entry>(At(address));

        private Span<byte> IdAt(int address) => At(address).Slice(HeaderLength, EntryAt(address).IdLength);

        private Span<byte> DetailsAt(int address) => At(address).Slice(HeaderLength + EntryAt(address).IdLength, EntryAt(address).DetailsLength);

        private Span<byte> At(int address) => _chunks[address >> ChunkBits].AsSpan(address & (ChunkLength - 1));
    }
}
