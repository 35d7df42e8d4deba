using FilmService.Api.Access.Authentication;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Import;

/// <summary>Limits the number of imports that are being received or applied.</summary>
internal sealed class ImportSlots(ImportSettings settings) : IDisposable
{
    private readonly CallerSlots _slots = new(settings.MaxAtOnce, settings.MaxAtOnce, settings.MaxAtOncePerCaller);

    /// <inheritdoc cref="CallerSlots.Used"/>
    public long Used => _slots.Used;

    /// <summary>Acquires a slot; dispose the result to release it.</summary>
    /// <exception cref="ProblemException">429: the maximum number of concurrent imports has been reached.</exception>
    public IDisposable Take(CountedCaller caller) => _slots.Take(caller) is { IsAcquired: true } slot ? slot : throw new ProblemException(new Problem(
        ImportProblems.TooManyImports, $"The service accepts at most {settings.MaxAtOnce} imports at the same time, {settings.MaxAtOncePerCaller} of them from one caller. Try again in 10 seconds.")
    {
        Fields = new Dictionary<string, string> { ["Retry-After"] = "10" },
    });

    public void Dispose() => _slots.Dispose();
}
