using System.Runtime.InteropServices;
using System.Text;
using FilmService.Domain.Films;

namespace FilmService.Infrastructure.Caching;

/// <summary>
/// Some films of a database, as bytes: a million of ordinary ones take some 65 MB. As objects they would take four times as much,
/// and the garbage collector would go through them again and again.
/// </summary>
/// <remarks>
/// They lie in shards by the hash of their id, each under a lock that is held for less than a microsecond. A shard that is full
/// begins anew: a film that is asked for often is soon there again.
/// </remarks>
internal sealed class KeptFilms
{
    private const int ShardBits = 4;

    private readonly Shard[] _shards;

    /// <param name="epoch">The epoch of the films' revisions.</param>
    /// <param name="mostBytes">The most memory for them, without the links.</param>
    public KeptFilms(string epoch, int mostBytes) =>
        _shards = Array.ConvertAll(new Shard[1 << ShardBits], _ => new Shard(epoch, (mostBytes >> ShardBits) / Shard.ChunkLength));

    /// <summary>The film as it came in; null when it is not there.</summary>
    public Film? Find(FilmId id)
    {
        var key = new Key(id, stackalloc byte[Key.MaxLength]);
        return ShardOf(key).Find(key);
    }

    /// <summary>Takes a film in, unless it is there.</summary>
    public void Add(Film film)
    {
        var key = new Key(film.Id, stackalloc byte[Key.MaxLength]);
        ShardOf(key).Add(key, film);
    }

    /// <summary>Lets a film go.</summary>
    public void Remove(FilmId id)
    {
        var key = new Key(id, stackalloc byte[Key.MaxLength]);
        ShardOf(key).Remove(key);
    }

    /// <summary>Lets all films go.</summary>
    public void Clear() => Array.ForEach(_shards, shard => shard.Clear());

    private Shard ShardOf(Key key) => _shards[(uint)key.Hash >> (32 - ShardBits)];

    /// <summary>An id, ready to be compared.</summary>
    private readonly ref struct Key(FilmId id, Span<byte> room)
    {
        public const int MaxLength = 4 * FilmId.MaxLength;

        public FilmId Id { get; } = id;

        public int Hash { get; } = id.Value.GetHashCode(StringComparison.Ordinal);

        public ReadOnlySpan<byte> Text { get; } = room[..Encoding.UTF8.GetBytes(id.Value, room)];
    }

    /// <summary>What stands before the bytes of an id and those of a film.</summary>
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
    /// Entries in chunks of memory, one behind the other. Those whose hashes end in the same bits are linked. A place is the number
    /// of a chunk and where in it an entry begins.
    /// </summary>
    private sealed class Shard(string epoch, int mostChunks)
    {
        public const int ChunkLength = 1 << ChunkBits;

        private const int ChunkBits = 16;
        private const int FirstLinks = 64;
        private const int None = -1;

        private static readonly int EntryLength = Marshal.SizeOf<Entry>();

        private readonly Lock _gate = new();
        private readonly List<byte[]> _chunks = [];
        private int[] _links = NoLinks(FirstLinks);
        private int _count;
        private int _end = ChunkLength;

        public Film? Find(Key key)
        {
            lock (_gate)
            {
                var place = LinkTo(key);
                return place == None ? null : Read(key.Id, place);
            }
        }

        public void Add(Key key, Film film)
        {
            lock (_gate)
            {
                if (LinkTo(key) == None)
                {
                    Write(key, film);
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
                Forget();
            }
        }

        private static int[] NoLinks(int count)
        {
            var links = new int[count];
            Array.Fill(links, None);
            return links;
        }

        // The link that leads to a film; when it is not there, the last of its chain, which leads nowhere.
        private ref int LinkTo(scoped Key key)
        {
            ref var link = ref _links[key.Hash & (_links.Length - 1)];
            while (link != None && !(EntryAt(link).Hash == key.Hash && IdAt(link).SequenceEqual(key.Text)))
            {
                link = ref EntryAt(link).Next;
            }

            return ref link;
        }

        private Film Read(FilmId id, int place)
        {
            ref var entry = ref EntryAt(place);
            return new Film(id, FilmBytes.Read(DetailsAt(place)), new Revision(epoch, entry.Revision));
        }

        private void Write(Key key, Film film)
        {
            var entry = new Entry
            {
                Revision = film.Revision.Number,
                Hash = key.Hash,
                IdLength = (short)key.Text.Length,
                DetailsLength = (short)FilmBytes.LengthOf(film.Details),
            };
            var place = Reserve(EntryLength + entry.IdLength + entry.DetailsLength);
            EntryAt(place) = entry;
            key.Text.CopyTo(IdAt(place));
            FilmBytes.Write(film.Details, DetailsAt(place));
            Link(place);
            if (++_count > _links.Length / 2)
            {
                Relink();
            }
        }

        private int Reserve(int length)
        {
            if (_end + length > ChunkLength)
            {
                if (_chunks.Count == mostChunks)
                {
                    Forget();
                }

                // Pinned: it stays for long, and need not be moved.
                _chunks.Add(GC.AllocateUninitializedArray<byte>(ChunkLength, pinned: true));
                _end = 0;
            }

            var place = ((_chunks.Count - 1) << ChunkBits) + _end;
            _end += length;
            return place;
        }

        private void Link(int place)
        {
            ref var entry = ref EntryAt(place);
            ref var link = ref _links[entry.Hash & (_links.Length - 1)];
            (entry.Next, link) = (link, place);
        }

        private void Relink()
        {
            var before = _links;
            _links = NoLinks(2 * before.Length);
            foreach (var first in before)
            {
                for (var place = first; place != None;)
                {
                    var next = EntryAt(place).Next;
                    Link(place);
                    place = next;
                }
            }
        }

        private void Forget()
        {
            _chunks.Clear();
            (_links, _count, _end) = (NoLinks(FirstLinks), 0, ChunkLength);
        }

        private ref Entry EntryAt(int place) => ref MemoryMarshal.AsRef<Entry>(At(place));

        private Span<byte> IdAt(int place) => At(place).Slice(EntryLength, EntryAt(place).IdLength);

        private Span<byte> DetailsAt(int place) => At(place).Slice(EntryLength + EntryAt(place).IdLength, EntryAt(place).DetailsLength);

        private Span<byte> At(int place) => _chunks[place >> ChunkBits].AsSpan(place & (ChunkLength - 1));
    }
}
