using FilmService.Api.Http.Problems;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;

namespace FilmService.Pieces;

/// <summary>Writing the everyday problem, a film that is not there.</summary>
[MemoryDiagnoser]
public class Problems
{
    private readonly DefaultHttpContext _context = new() { Request = { Path = "/films/3" }, Response = { Body = Stream.Null } };

    [Benchmark]
    public Task Write() => new Problem(FilmProblems.FilmNotFound, "Film 3 doesn't exist").WriteAsync(_context);
}
