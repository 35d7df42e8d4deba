using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>Blocks the single writer inside a decision, so that later writes queue up together.</summary>
internal sealed class HeldWriter : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualResetEventSlim _begun = new();
    private readonly ManualResetEventSlim _go = new();
    private readonly Task<FilmOutcome> _first;

    private HeldWriter(IFilmRepository films) => _first = films.WriteAsync(new FilmWrite(Id("held"), Decide, new WriteContext("admin")), default);

    /// <summary>Returns once the writer is inside the decision.</summary>
    public static HeldWriter In(IFilmRepository films)
    {
        var held = new HeldWriter(films);
        Assert.That(held._begun.Wait(Patience), Is.True, "The writer did not begin.");
        return held;
    }

    /// <summary>Unblocks the writer.</summary>
    public Task<FilmOutcome> Release()
    {
        _go.Set();
        return _first;
    }

    private FilmDecision.Save Decide(Film? current)
    {
        _begun.Set();
        _go.Wait(Patience);
        return new FilmDecision.Save(Up);
    }

    public void Dispose()
    {
        _go.Set();
        _first.Wait(Patience);
        _begun.Dispose();
        _go.Dispose();
    }
}
