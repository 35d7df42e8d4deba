using FilmService.Domain.Writing;

namespace FilmService.Domain.Health;

/// <summary>Something that must work before a load balancer sends requests here.</summary>
public interface IReadinessCheck
{
    /// <summary>What fails with it, in one word, such as <c>writes</c>.</summary>
    string Name { get; }

    /// <summary>Tries it.</summary>
    /// <exception cref="CatalogUnavailableException">It does not work; the message says why.</exception>
    Task RunAsync(CancellationToken cancellationToken);
}
