namespace FilmService.Api.Commands;

/// <summary>A command cannot do what was asked; the message says why to the person who typed it.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCode.NotDone) : Exception(message)
{
    /// <summary>What the program answers to its shell.</summary>
    public int Code { get; } = exitCode;
}

/// <summary>What a command answers to its shell.</summary>
internal static class ExitCode
{
    /// <summary>All of it was done.</summary>
    public const int Done = 0;

    /// <summary>Nothing was stored or written.</summary>
    public const int NotDone = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>It was done, without the lines that were reported.</summary>
    public const int DoneInPart = 3;

    /// <summary>The connection broke before the answer: it may have been done or not.</summary>
    public const int Unknown = 4;

    /// <summary>Stopped by Ctrl+C.</summary>
    public const int Stopped = 130;
}
