namespace FilmService.Api.Http.Binding;

/// <summary>Set on a request whose body was read as a stream and not kept.</summary>
/// <param name="Hash">The hash of its bytes; null if none was requested.</param>
/// <param name="Type">
/// The media type of what was hashed; null if it is the request's own. A form has another boundary each time it is sent, so its file
/// is hashed instead.
/// </param>
internal sealed record StreamedBody(byte[]? Hash, string? Type = null);
