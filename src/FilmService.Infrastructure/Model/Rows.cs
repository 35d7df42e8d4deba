namespace FilmService.Infrastructure.Model;

/// <summary>The current state of a film, with its columns for searching and sorting.</summary>
public sealed class FilmRow
{
    public long Row { get; set; }

    public required byte[] SortKey { get; set; }

    public required string Id { get; set; }

    public required string NormalizedName { get; set; }

    public long Revision { get; set; }

    public int Released { get; set; }

    public string? SearchExtra { get; set; }

    public int NameLength { get; set; }

    public required string SearchWords { get; set; }

    public required string Letters { get; set; }
}

/// <summary>The number of films of one month.</summary>
public sealed class ReleaseCountRow
{
    public int Released { get; set; }

    public long Films { get; set; }
}

/// <summary>One change of one film; without a name, its deletion.</summary>
public sealed class ChangeRow
{
    public long Revision { get; set; }

    public required byte[] SortKey { get; set; }

    public required string Id { get; set; }

    public long At { get; set; }

    public required string By { get; set; }

    /// <summary>True if the change is in the index of its film's changes.</summary>
    public bool IsIndexed { get; set; }
}

/// <summary>The only row, which holds the catalogue's counters.</summary>
public sealed class RevisionRow
{
    public int Row { get; set; }

    public required string Epoch { get; set; }

    public long Number { get; set; }

    public long LastGeneratedId { get; set; }

    public int NormalizationVersion { get; set; }

    public long RemovedThrough { get; set; }

    /// <summary>The last change that is projected into <c>films</c>.</summary>
    public long Checkpoint { get; set; }

    /// <summary>The last run of the program on this database; null before the first that had an id.</summary>
    public string? RunId { get; set; }
}

/// <summary>The outcome of a request that carried an idempotency key.</summary>
public sealed class IdempotencyRow
{
    public required string Caller { get; set; }

    public required string Key { get; set; }

    public required byte[] Fingerprint { get; set; }

    public int Kind { get; set; }

    public required string Id { get; set; }

    public long? FilmRevision { get; set; }

    public long Revision { get; set; }

    public long At { get; set; }

    /// <summary>This and the next four: the counts of an import.</summary>
    public long? Created { get; set; }

    public long? Updated { get; set; }

    public long? Unchanged { get; set; }

    public long? Deleted { get; set; }

    public long? Skipped { get; set; }

    /// <summary>The catalogue's revision before an import.</summary>
    public long? Before { get; set; }

    /// <summary>The number of films that a restore left alone.</summary>
    public long? Conflicts { get; set; }
}
