using FilmService.Api.Films;
using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using AutoMapper;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;

namespace FilmService.Pieces;

/// <summary>A film on its way into an answer.</summary>
[MemoryDiagnoser]
public class Mapping
{
    private readonly Film _film = Films.Avengers;
    private readonly IMapper _mapper =
        new MapperConfiguration(configuration => configuration.AddProfile<FilmMappingProfile>(), NullLoggerFactory.Instance).CreateMapper();

    [Benchmark]
    public FilmResponse Map() => _mapper.Map<FilmResponse>(_film);
}
