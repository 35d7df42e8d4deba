using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using BenchmarkDotNet.Attributes;
using Moq;

namespace FilmService.Pieces;

/// <summary>Deciding what becomes of a film, inside the one write transaction.</summary>
[MemoryDiagnoser]
public class Decisions
{
    private readonly Film _film = Films.Avengers;
    private Decide _replace = null!;
    private Decide _same = null!;

    [GlobalSetup]
    public void CaptureDecisions()
    {
        _replace = DecisionOfPut(new FilmDetails("Avengers: Infinity War", 2018, Month.April));
        _same = DecisionOfPut(_film.Details);
    }

    [Benchmark]
    public FilmDecision Replace() => _replace(_film);

    [Benchmark]
    public FilmDecision LeaveUnchanged() => _same(_film);

    private Decide DecisionOfPut(FilmDetails details)
    {
        var writes = new List<FilmWrite>();
        var films = new Mock<IFilmRepository>();
        films.Setup(repository => repository.WriteAsync(Capture.In(writes), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new FilmOutcome(FilmOutcomeKind.Replaced, _film.Id, _film, _film.Revision));
        var ifMatch = new Preconditions(new RevisionMatch(false, [_film.Revision]));
        new FilmCatalog(films.Object, new CatalogRules()).PutAsync(_film.Id, details, ifMatch, new WriteContext("admin"), CancellationToken.None).GetAwaiter().GetResult();
        return writes.Single().Decide;
    }
}
