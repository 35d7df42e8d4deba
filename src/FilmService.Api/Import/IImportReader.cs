using FilmService.Api.Http.Binding;

namespace FilmService.Api.Import;

/// <summary>Reads an import line by line, in bounded memory.</summary>
internal interface IImportReader
{
    /// <summary>The most bytes of a line.</summary>
    const int MaxLineLength = 1 << 16;

    /// <summary>The number of the line that was read last, from 1.</summary>
    long Line { get; }

    /// <summary>Reads the next line that is not blank; false when there is none.</summary>
    /// <exception cref="Http.Problems.ProblemException">The import as a whole cannot be read.</exception>
    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Gives the members of the line that was read last; says what is wrong with it as a whole, or null.</summary>
    string? FaultOf(ArgumentSet members);
}
