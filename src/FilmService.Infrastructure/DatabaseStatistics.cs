namespace FilmService.Infrastructure;

/// <summary>What operators watch of an open database. Reading a value costs no more than a query.</summary>
public interface IDatabaseStatistics
{
    /// <summary>The number of writes, and of other work, that wait for their turn.</summary>
    int QueuedWork { get; }

    /// <summary>How many changes the read model lags behind.</summary>
    long ProjectionLag { get; }

    /// <summary>When the first change was committed that the read model does not contain; null if it contains all.</summary>
    DateTimeOffset? ProjectionLagsSince { get; }

    /// <summary>How many films were read by id from memory, and how many from the database.</summary>
    (long Hits, long Misses) CacheReads { get; }

    /// <summary>Bytes of the database, without its log.</summary>
    long DatabaseBytes { get; }

    /// <summary>Bytes of the write-ahead log.</summary>
    long LogBytes { get; }

    /// <summary>How many times the write-ahead log could not be copied to the database.</summary>
    long FailedCheckpoints { get; }

    /// <summary>Bytes that are free on the disk of the database; null if it is not this machine's, or not known.</summary>
    long? FreeBytes => null;
}
