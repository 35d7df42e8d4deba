namespace FilmService.Infrastructure;

/// <summary>The service does not start, for a reason that its owner can mend. The message is for people.</summary>
public sealed class InvalidConfigurationException(string message) : Exception(message);
