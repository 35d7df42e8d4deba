using System.Threading.RateLimiting;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Import;

/// <summary>The places of imports that are received or carried out.</summary>
internal sealed class ImportSlots(ImportSettings settings) : IDisposable
{
    private readonly ConcurrencyLimiter _places = new(new ConcurrencyLimiterOptions { PermitLimit = settings.MaxAtOnce });

    /// <summary>Takes a place; dispose it to give the place back.</summary>
    /// <exception cref="ProblemException">429: there are as many imports as the service takes at a time.</exception>
    public IDisposable Take() => _places.AttemptAcquire() is { IsAcquired: true } place ? place : throw new ProblemException(new Problem(
        ImportProblems.TooManyImports, $"The service accepts at most {settings.MaxAtOnce} imports at the same time. Try again in 10 seconds.")
    {
        Fields = new Dictionary<string, string> { ["Retry-After"] = "10" },
    });

    public void Dispose() => _places.Dispose();
}
