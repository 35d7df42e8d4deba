namespace FilmService.Api.Commands;

/// <summary>A command cannot do what was requested; the message tells the user why.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCode.NotDone) : Exception(message)
{
    /// <summary>The exit code of the program.</summary>
    public int Code { get; } = exitCode;
}

internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Nothing was stored or written.</summary>
    public const int NotDone = 1;

    /// <summary>The command line is invalid.</summary>
    public const int Usage = 2;

    /// <summary>It was done, except for the reported lines.</summary>
    public const int DoneInPart = 3;

    /// <summary>The connection broke before the response, so it may or may not have been done.</summary>
    public const int Unknown = 4;

    /// <summary>Stopped by Ctrl+C.</summary>
    public const int Stopped = 130;
}
