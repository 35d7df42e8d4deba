using FilmService.Api.Films;
using FilmService.Api.Http.Results;
using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Api.Search;

/// <summary>Writes a list of films, one by one, in one of the formats.</summary>
public abstract class FilmListWriter
{
    /// <summary>Writes the part before the first film.</summary>
    public abstract void Begin();

    public abstract void Write(IFilmReader film);

    /// <summary>Writes the part after the last film.</summary>
    public abstract void Finish();
}

/// <summary>One JSON object, keyed by id, as the original listed its films.</summary>
internal sealed class KeyedJsonWriter(Utf8Buffer to, FilmListView view) : FilmListWriter
{
    private bool _hasFilms;

    public override void Begin() => to.Add('{');

    public override void Write(IFilmReader film)
    {
        to.Add(_hasFilms ? ","u8 : []);
        to.AddJson(film.Id);
        to.Add(":{"u8);
        FilmJson.AddMembers(to, film, view.Shown, view.ShowsRevision);
        _hasFilms = true;
    }

    public override void Finish() => to.Add('}');
}

/// <summary>A JSON object with the films as a list, followed by the URL of the next page and the facets.</summary>
internal sealed class JsonArrayWriter(Utf8Buffer to, FilmListView view) : FilmListWriter
{
    private bool _hasFilms;

    public override void Begin() => to.Add("{\"items\":["u8);

    public override void Write(IFilmReader film)
    {
        to.Add(_hasFilms ? ","u8 : []);
        FilmJson.Add(to, film, view.Shown, view.ShowsRevision);
        _hasFilms = true;
    }

    public override void Finish()
    {
        to.Add("],"u8);
        if (view.Next is not null)
        {
            to.Add("\"next\":"u8);
            to.AddJson(view.Next);
            to.Add(',');
        }

        if (view.Facets is { Count: > 0 } facets)
        {
            AddFacets(facets);
        }

        to.EndObject();
    }

    private void AddFacets(IReadOnlyList<(Facet Facet, IReadOnlyList<FacetValue> Values)> facets)
    {
        to.Add("\"facets\":{"u8);
        foreach (var (facet, values) in facets)
        {
            to.AddJson(FacetReader.NameOf(facet));
            to.Add(":["u8);
            for (var i = 0; i < values.Count; i++)
            {
                to.Add(i > 0 ? ","u8 : []);
                to.Add("{\"value\":"u8);
                AddValue(facet, values[i].Value);
                to.Add(",\"count\":"u8);
                to.Add(values[i].Count);
                to.Add('}');
            }

            to.Add("],"u8);
        }

        to.EndObject();
    }

    private void AddValue(Facet facet, int? value)
    {
        if (value is not { } number)
        {
            to.Add("null"u8);
        }
        else if (facet is Facet.Month)
        {
            to.AddJson(((Month)number).ToName());
        }
        else
        {
            to.Add(number);
        }
    }
}

/// <summary>NDJSON: each film is an object on its own line.</summary>
internal sealed class NdjsonWriter(Utf8Buffer to, FilmListView view) : FilmListWriter
{
    public override void Begin()
    {
    }

    public override void Write(IFilmReader film)
    {
        FilmJson.Add(to, film, view.Shown, view.ShowsRevision);
        to.Add('\n');
    }

    public override void Finish()
    {
    }
}
