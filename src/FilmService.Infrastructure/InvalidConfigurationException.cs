namespace FilmService.Infrastructure;

/// <summary>The service cannot start for a reason that its operator can fix. The message is for the operator.</summary>
public sealed class InvalidConfigurationException(string message) : Exception(message);
