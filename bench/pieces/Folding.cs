using BenchmarkDotNet.Attributes;
using FilmService.Domain.Films;

namespace FilmService.Pieces;

/// <summary>Folding a name for comparison, once for each film written.</summary>
[MemoryDiagnoser]
public class Folding
{
    [Params("Avengers: Infinity War", "Le Fabuleux Destin d'Amélie Poulain", "七人の侍")]
    public string Name { get; set; } = "";

    [Benchmark]
    public string Fold() => FoldedName.Of(Name);
}
