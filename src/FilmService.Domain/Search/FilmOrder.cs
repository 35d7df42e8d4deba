using System.Text;
using FilmService.Domain.Films;

namespace FilmService.Domain.Search;

public enum SortKey
{
    /// <summary>The id, in natural order.</summary>
    Id,

    /// <summary>The normalised name, bytewise.</summary>
    Name,

    Year,

    /// <summary>Year and month; an unknown month comes before January.</summary>
    Released,

    /// <summary>The film's last change.</summary>
    Revision,

    /// <summary>How well the name matches the words, the best match first.</summary>
    Relevance,
}

public readonly record struct SortTerm(SortKey Key, bool Descending = false)
{
    /// <summary>True if no two films have the same value.</summary>
    public bool IsUnique => Key is SortKey.Id or SortKey.Revision;
}

/// <summary>A total order of films: ties are broken by the natural order of ids.</summary>
public sealed class FilmOrder
{
    /// <summary>The natural order of ids.</summary>
    public static readonly FilmOrder ById = new();

    /// <param name="terms">The sort keys, the primary one first.</param>
    public FilmOrder(params IReadOnlyList<SortTerm> terms)
    {
        var last = terms.TakeWhile(term => !term.IsUnique).Count();
        Keys = last < terms.Count ? [.. terms.Take(last + 1)] : [.. terms, new SortTerm(SortKey.Id)];
    }

    /// <summary>The keys that matter; the last one is unique.</summary>
    public IReadOnlyList<SortTerm> Keys { get; }

    /// <summary>True if only the first key was asked for: the last one just breaks ties.</summary>
    public bool IsPlain => Keys is [{ IsUnique: true }] or [_, { Key: SortKey.Id, Descending: false }];

    /// <summary>True if it sorts by name.</summary>
    public bool DependsOnNames => Keys.Any(term => term.Key is SortKey.Name or SortKey.Relevance);

    /// <summary>A film's position in this order.</summary>
    /// <param name="words">The words by which relevance is measured.</param>
    public FilmPosition PositionOf(Film film, SearchTerms? words) => new([.. Keys.Select(term => ValueOf(term.Key, film, words))]);

    /// <summary>Compares two positions: negative if the first comes before the other.</summary>
    public int Compare(FilmPosition one, FilmPosition other)
    {
        for (var i = 0; i < Keys.Count; i++)
        {
            if (one.Values[i].CompareTo(other.Values[i]) is not 0 and var order)
            {
                return Keys[i].Descending ? -order : order;
            }
        }

        return 0;
    }

    private static SortValue ValueOf(SortKey key, Film film, SearchTerms? words) => key switch
    {
        SortKey.Id => new SortValue(0, film.Id.ToSortKey()),
        SortKey.Name => new SortValue(0, Encoding.UTF8.GetBytes(NormalizedName.Of(film.Name))),
        SortKey.Year => new SortValue(film.Year),
        SortKey.Released => new SortValue(ReleasePeriods.CodeOf(film.Year, film.Month)),
        SortKey.Revision => new SortValue(film.Revision.Number),
        _ => new SortValue(words?.Rank(SearchableName.Of(film.Name)) ?? 0),
    };
}

/// <summary>A position in an order: one value for each of its keys.</summary>
public sealed record FilmPosition(IReadOnlyList<SortValue> Values);

/// <summary>The value of one key at a position.</summary>
/// <param name="Number">The value of a numeric key; 0 for other keys.</param>
/// <param name="Bytes">The value of a key ordered by bytes: the sort key of an id, or a normalised name in UTF-8.</param>
public readonly record struct SortValue(long Number, ReadOnlyMemory<byte> Bytes = default)
{
    public int CompareTo(SortValue other) =>
        Number != other.Number ? Number.CompareTo(other.Number) : Bytes.Span.SequenceCompareTo(other.Bytes.Span);
}
