namespace FilmService.Load;

/// <summary>The run proves nothing: a wrong answer, a lost connection, a wrong argument.</summary>
internal sealed class LoadException(string message) : Exception(message);
