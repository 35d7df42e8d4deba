namespace FilmService.Api.Import.Reading;

/// <summary>Reads films record by record; only one is in memory at a time.</summary>
internal interface IRecordReader
{
    /// <summary>The line on which the current record begins, from 1.</summary>
    long Line { get; }

    /// <summary>The current record's number in an import's errors: its line, or its position in an array, from 1.</summary>
    long Number { get; }

    /// <summary>The error in the current record as a whole; null if it can be read.</summary>
    string? Fault { get; }

    /// <summary>How many lines the fault makes unreadable: more than one if a quote is not closed.</summary>
    long FaultyLines => 1;

    /// <summary>Moves to the next record that is not blank; false at the end.</summary>
    /// <exception cref="UnreadableException">Neither this record nor the rest can be read.</exception>
    ValueTask<bool> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>Reads films that are JSON texts.</summary>
internal interface IJsonRecordReader : IRecordReader
{
    /// <summary>The current record, if it has no fault; the next read replaces it.</summary>
    ReadOnlyMemory<byte> Json { get; }

    /// <summary>The record's key, if it is a member of an object that is keyed by id; null otherwise.</summary>
    string? Key => null;
}

/// <summary>The rest of a file cannot be read; the message says why.</summary>
/// <param name="message">A sentence for the client.</param>
/// <param name="line">The line where the rest begins; 0 if it is unknown.</param>
internal sealed class UnreadableException(string message, long line = 0) : Exception(message)
{
    public long Line { get; } = line;
}
