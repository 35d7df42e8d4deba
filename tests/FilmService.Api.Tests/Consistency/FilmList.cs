using System.Globalization;
using System.Text.Json;

namespace FilmService.Api.Tests.Consistency;

/// <summary>A list that clients ask for, and what it must be, computed from the films by ordinary code.</summary>
public sealed record FilmList(string Address, Func<IEnumerable<FilmRow>, IEnumerable<FilmRow>> Select, int Limit = int.MaxValue)
{
    public static readonly FilmList[] All =
    [
        new("/films?limit=20", films => films, 20),
        new("/films?limit=10&year.gte=1950", films => films.Where(film => film.Year >= 1950), 10),
        new("/films?limit=10&sort=-year&count=true", films => films.OrderByDescending(film => film.Year), 10),
        new("/films?limit=1000&name.startsWith=film%20writer1&count=true", films => films.Where(film => film.Name.StartsWith("Film writer1 ", StringComparison.Ordinal)), 1000),
        new("/films?limit=20&q=writer2", films => films.Where(film => film.Name.Contains(" writer2 ", StringComparison.Ordinal)).OrderBy(film => film.Name.Length), 20),
        new("/films", films => films),
        new("/films?format=ndjson", films => films),
    ];

    /// <summary>The answer's count, where it is asked for, and body.</summary>
    public string Expected(Replay replay)
    {
        var films = Select(replay.All.Select(FilmRow.From).OrderBy(film => film.Id)).ToList();
        var body = Address.EndsWith("ndjson", StringComparison.Ordinal)
            ? string.Concat(films.Select(film => $$"""{"Id":"{{film.Id}}",{{film.Json[1..]}}""" + "\n"))
            : $"{{{string.Join(',', films.Take(Limit).Select(film => $"\"{film.Id}\":{film.Json}"))}}}";
        return Address.Contains("count=true", StringComparison.Ordinal) ? $"{films.Count} {body}" : body;
    }
}

/// <summary>A film of a whole number as its id.</summary>
public sealed record FilmRow(int Id, string Name, int Year, string Json)
{
    public static FilmRow From(Change change)
    {
        using var film = JsonDocument.Parse(change.Value!);
        return new FilmRow(
            int.Parse(change.Key, CultureInfo.InvariantCulture),
            film.RootElement.GetProperty("Name"u8).GetString()!,
            film.RootElement.GetProperty("Year"u8).GetInt32(),
            change.Value!);
    }
}
