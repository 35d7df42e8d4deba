using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using BenchmarkDotNet.Attributes;

namespace FilmService.Pieces;

/// <summary>Folding a name for comparison, once for each film written.</summary>
[MemoryDiagnoser]
public class Folding
{
    [Params("Avengers: Infinity War", "Le Fabuleux Destin d'Amélie Poulain", "七人の侍")]
    public string Name { get; set; } = "";

    [Benchmark]
    public string Fold() => NormalizedName.Of(Name);
}
