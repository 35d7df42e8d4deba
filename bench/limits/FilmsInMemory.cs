using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace FilmService.Limits;

/// <summary>The whole catalogue in memory, never written anywhere.</summary>
public sealed class FilmsInMemory
{
    private readonly ConcurrentDictionary<string, StoredFilm> films = new();
    private long revision;

    /// <summary>Reads a JSON object of films keyed by id.</summary>
    public static FilmsInMemory Read(string path)
    {
        var films = new FilmsInMemory();
        foreach (var (id, film) in JsonSerializer.Deserialize<Dictionary<string, Film>>(File.ReadAllBytes(path))!)
        {
            films.Put(id, film);
        }

        return films;
    }

    /// <summary>The film, or null.</summary>
    public StoredFilm? Find(string id) => films.GetValueOrDefault(id);

    /// <summary>Up to <paramref name="limit"/> films, in no order.</summary>
    public Dictionary<string, Film> Take(int limit) => films.Take(limit).ToDictionary(f => f.Key, f => f.Value.Film);

    /// <summary>Adds or replaces; true when the film is new.</summary>
    public bool Put(string id, Film film)
    {
        var number = Interlocked.Increment(ref revision);
        var stored = new StoredFilm(film, string.Create(CultureInfo.InvariantCulture, $"\"{number}\""));
        var isNew = !films.ContainsKey(id);
        films[id] = stored;
        return isNew;
    }
}
