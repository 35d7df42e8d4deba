namespace FilmService.Api.Http.Problems;

/// <summary>Ends a response that has begun by closing the connection, so that nobody takes it for complete.</summary>
/// <param name="reason">For the log: why, after "because".</param>
public sealed class ResponseCutException(string reason) : Exception(reason);
