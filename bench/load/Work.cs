using System.Globalization;
using System.Text;

namespace FilmService.Load;

/// <summary>What is asked, and which answers are right.</summary>
internal abstract class Work
{
    public static Work Create(LoadOptions options) => options.Work switch
    {
        "path" => new FixedPath(options.Path),
        "film" => new FilmById(options.Seed, firstId: 1, options.Films, answer: 200),
        "missing" => new FilmById(options.Seed, firstId: options.Films + 1, options.Films, answer: 404),
        "not-modified" => new NotModified(options.Seed, File.ReadAllLines(options.EtagFile)),
        "wrong-log-ins" => new WrongLogIns(options.Path),
        "put" => new ReadsAndWrites(options.Seed, options.Films, writePercent: 100),
        "save" => new SavesAndAdditions(options.Seed, options.Films),
        "mix" => new ReadsAndWrites(options.Seed, options.Films, writePercent: 5),
        "fill" => new Fill(options.Films),
        "etags" => new CollectEtags(options.Seed, options.Films, options.EtagFile),
        _ => throw new LoadException($"unknown work {options.Work}"),
    };

    /// <summary>Writes the next request; false when nothing is left to ask.</summary>
    public abstract bool TryWriteNext(RequestBuffer request);

    public abstract bool Expects(int status);

    public virtual void Answered(int id, HttpAnswer answer)
    {
    }

    public virtual void Finish()
    {
    }
}

/// <summary>The same URL again and again.</summary>
internal sealed class FixedPath(string path) : Work
{
    private readonly byte[] path = Encoding.ASCII.GetBytes(path);

    public override bool TryWriteNext(RequestBuffer request)
    {
        request.Get(path);
        return true;
    }

    public override bool Expects(int status) => status == 200;
}

/// <summary>Guesses: another name and another password each time.</summary>
internal sealed class WrongLogIns(string path) : Work
{
    private readonly byte[] path = Encoding.ASCII.GetBytes(path);
    private int last;

    public override bool TryWriteNext(RequestBuffer request)
    {
        last++;
        request.LogIn(path, Encoding.ASCII.GetBytes($"user{last}:guess{last}"));
        return true;
    }

    public override bool Expects(int status) => status is 401 or 429;
}

/// <summary>Films by id, uniformly from a range.</summary>
internal sealed class FilmById(uint seed, int firstId, int count, int answer) : Work
{
    private readonly Dice dice = new(seed);

    public override bool TryWriteNext(RequestBuffer request)
    {
        request.GetFilm(firstId + dice.Below(count));
        return true;
    }

    public override bool Expects(int status) => status == answer;
}

/// <summary>Films that the client has already, with the ETags that <see cref="CollectEtags"/> wrote.</summary>
internal sealed class NotModified(uint seed, string[] lines) : Work
{
    private readonly Dice dice = new(seed);
    private readonly (int Id, byte[] Etag)[] known = [.. lines.Select(Parse)];

    public override bool TryWriteNext(RequestBuffer request)
    {
        var (id, etag) = known[dice.Below(known.Length)];
        request.GetFilm(id, etag);
        return true;
    }

    public override bool Expects(int status) => status == 304;

    private static (int Id, byte[] Etag) Parse(string line)
    {
        var parts = line.Split(' ', 2);
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), Encoding.ASCII.GetBytes(parts[1]));
    }
}

/// <summary>Reads and replacements of films, both uniformly from all.</summary>
internal sealed class ReadsAndWrites(uint seed, int films, int writePercent) : Work
{
    private readonly Dice dice = new(seed);
    private readonly FilmWriter writer = new();

    public override bool TryWriteNext(RequestBuffer request)
    {
        var id = 1 + dice.Below(films);
        if (dice.Below(100) < writePercent)
        {
            request.PutFilm(id, writer.Write(id, variant: dice.Below(FilmWriter.Variants)));
        }
        else
        {
            request.GetFilm(id);
        }

        return true;
    }

    public override bool Expects(int status) => status is 200 or 201;
}

/// <summary>Films put: 98 of 100 uniformly from the catalogue, the others behind its end, where most are new.</summary>
internal sealed class SavesAndAdditions(uint seed, int films) : Work
{
    private const int NewPercent = 2;

    private readonly Dice dice = new(seed);
    private readonly FilmWriter writer = new();

    public override bool TryWriteNext(RequestBuffer request)
    {
        var id = 1 + dice.Below(films) + (dice.Below(100) < NewPercent ? films : 0);
        request.PutFilm(id, writer.Write(id, variant: dice.Below(FilmWriter.Variants)));
        return true;
    }

    public override bool Expects(int status) => status is 200 or 201;
}

/// <summary>Puts every film once, into a catalogue that may be empty.</summary>
internal sealed class Fill(int films) : Work
{
    private readonly FilmWriter writer = new();
    private int last;

    public override bool TryWriteNext(RequestBuffer request)
    {
        if (last == films)
        {
            return false;
        }

        last++;
        request.PutFilm(last, writer.Write(last, variant: last % FilmWriter.Variants));
        return true;
    }

    public override bool Expects(int status) => status is 200 or 201;
}

/// <summary>Asks for the films once, in a shuffled order, and keeps their ETags in a file.</summary>
internal sealed class CollectEtags : Work
{
    private readonly int[] ids;
    private readonly List<string> lines = [];
    private readonly string file;
    private int next;

    public CollectEtags(uint seed, int films, string file)
    {
        this.file = file;
        ids = [.. Enumerable.Range(1, films)];
        new Random((int)seed).Shuffle(ids);
    }

    public override bool TryWriteNext(RequestBuffer request)
    {
        if (next == ids.Length)
        {
            return false;
        }

        request.GetFilm(ids[next++]);
        return true;
    }

    public override bool Expects(int status) => status == 200;

    public override void Answered(int id, HttpAnswer answer) => lines.Add($"{id} {Encoding.ASCII.GetString(answer.Etag)}");

    public override void Finish() => File.WriteAllLines(file, lines);
}
