using FilmService.Api.Http.Problems;

namespace FilmService.Api.Http.Actions;

/// <summary>A caller whose credentials can be revoked while the body of a request is still arriving.</summary>
internal interface IRevocableCaller
{
    /// <exception cref="ProblemException">401: the credentials have been revoked.</exception>
    void EnsureNotRevoked(HttpRequest request);
}
