using FilmService.Api.Search;
using FilmService.Domain.Search;
using BenchmarkDotNet.Attributes;

namespace FilmService.Pieces;

/// <summary>The place where a page begins, out and in again.</summary>
[MemoryDiagnoser]
public class Cursors
{
    private readonly FilmOrder _order = new(new SortTerm(SortKey.Released, Descending: true), new SortTerm(SortKey.Name));
    private readonly byte[] _mark = new byte[PageCursor.FingerprintLength];
    private string _text = "";

    [GlobalSetup]
    public void WriteOnce() => _text = Write();

    [Benchmark]
    public string Write() => PageCursor.Write(_order.PositionOf(Films.Avengers, null), _mark);

    [Benchmark]
    public object? Read() => PageCursor.Read(_text, _order, _mark);
}
