namespace FilmService.Api.Http.Binding;

/// <summary>Set on a request whose body was read as a stream and not kept.</summary>
/// <param name="Hash">The hash of its bytes; null if none was requested.</param>
internal sealed record StreamedBody(byte[]? Hash);
