using FilmService.Domain.Films;

namespace FilmService.Domain.Writing;

public enum FilmOutcomeKind
{
    /// <summary>The film was created.</summary>
    Created,

    /// <summary>An existing film was changed.</summary>
    Replaced,

    /// <summary>The film already had these values; there is no new revision.</summary>
    Unchanged,

    Deleted,

    /// <summary>The film does not exist; nothing was changed.</summary>
    NotFound,

    /// <summary>A film with this id already exists; nothing was changed.</summary>
    IdTaken,

    /// <summary>If-Match or If-None-Match failed; nothing was changed.</summary>
    PreconditionFailed,

    /// <summary>The catalogue requires If-Match and there was none; nothing was changed.</summary>
    PreconditionRequired,

    /// <summary>The idempotency key was used for another request; nothing was changed.</summary>
    KeyReused,

    /// <summary>Several films have the name and year by which one was looked up; nothing was changed.</summary>
    Ambiguous,

    /// <summary>The film was changed again, so a restore leaves it alone; nothing was changed.</summary>
    Conflict,
}

/// <summary>The outcome of a <see cref="FilmWrite"/>, durable when it is returned.</summary>
/// <param name="Id">The film's id; the generated one if the write had none.</param>
/// <param name="Film">The film after the write, or as it is if the write was rejected; null if it does not exist.</param>
/// <param name="Revision">The write's own revision, or the catalogue's if nothing was changed.</param>
/// <param name="Replayed">True if this is the outcome of an earlier request with the same idempotency key.</param>
public sealed record FilmOutcome(FilmOutcomeKind Kind, FilmId Id, Film? Film, Revision Revision, bool Replayed = false)
{
    /// <summary>The film before the write changed it; null if it did not exist or was not changed.</summary>
    public Film? Before { get; init; }

    /// <summary>True if the film is as requested.</summary>
    public bool IsSuccess => Kind <= FilmOutcomeKind.Deleted;
}
