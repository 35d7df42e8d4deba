using System.Collections;
using FilmService.Api.Http.Binding;

namespace FilmService.Api.Tests.Http.Binding;

public sealed class ArgumentSetTests
{
    private const int Shown = 20;

    /// <summary>A megabyte of unknown names must not cost a search for the nearest name each.</summary>
    [Test]
    public void Add_ManyUnknownNames_SuggestsForThoseThatAreShown()
    {
        var known = new CountedNames("name", "year");
        var arguments = new ArgumentSet(known);

        for (var i = 0; i < 10_000; i++)
        {
            arguments.Add($"nam{i}", ArgumentValue.Null);
        }

        Assert.That(arguments.Faults, Has.Count.EqualTo(Shown));
        Assert.That(arguments.Faults["nam0"], Is.EqualTo(new[] { "'nam0' is unknown. Did you mean 'name'? Accepted here: name, year." }));
        Assert.That(known.Reads, Is.LessThanOrEqualTo(10_000 + (3 * Shown)), "Each name is looked up once; synonyms, the nearest of them and their list are for the message.");
    }

    [Test]
    public void Add_OneUnknownNameManyTimes_SuggestsOnce()
    {
        var known = new CountedNames("name", "year");
        var arguments = new ArgumentSet(known);

        for (var i = 0; i < 10_000; i++)
        {
            arguments.Add(i % 2 == 0 ? "nme" : "NME", ArgumentValue.Null);
        }

        Assert.That(arguments.Faults.Single().Value, Is.EqualTo(new[] { "'nme' is unknown. Did you mean 'name'? Accepted here: name, year." }));
        Assert.That(known.Reads, Is.LessThanOrEqualTo(10_000 + 3));
    }

    [Test]
    public void Add_UnknownNameThatIsOnlyCounted_SuggestsNothing()
    {
        var known = new CountedNames("name", "year");
        var arguments = new ArgumentSet(known) { CountsOnly = true };

        arguments.Add("nme", ArgumentValue.Null);

        Assert.That((arguments.Faults.Count, known.Reads), Is.EqualTo((1, 1)));
    }

    /// <summary>Names that count how often somebody goes through them.</summary>
    private sealed class CountedNames(params string[] names) : IReadOnlyList<string>
    {
        public int Reads { get; private set; }

        public int Count => names.Length;

        public string this[int index] => names[index];

        public IEnumerator<string> GetEnumerator()
        {
            Reads++;
            return names.AsEnumerable().GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
