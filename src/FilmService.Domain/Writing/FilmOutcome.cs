using FilmService.Domain.Films;

namespace FilmService.Domain.Writing;

/// <summary>What a write came to.</summary>
public enum FilmOutcomeKind
{
    /// <summary>The film is new.</summary>
    Created,

    /// <summary>The film was there and is another now.</summary>
    Replaced,

    /// <summary>The film already was what was asked for; no revision was taken.</summary>
    Unchanged,

    /// <summary>The film was deleted.</summary>
    Deleted,

    /// <summary>There is no such film; nothing was changed.</summary>
    Missing,

    /// <summary>There is a film of that id already; nothing was changed.</summary>
    IdTaken,

    /// <summary>If-Match or If-None-Match failed; nothing was changed.</summary>
    PreconditionFailed,

    /// <summary>The catalogue asks for If-Match and there was none; nothing was changed.</summary>
    PreconditionRequired,

    /// <summary>The idempotency key belongs to another request; nothing was changed.</summary>
    KeyReused,
}

/// <summary>The outcome of a <see cref="FilmWrite"/>, durable when it is told.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Id">The film's id; the generated one where the write had none.</param>
/// <param name="Film">The film after the write, or as it is when the write was refused; null when there is none.</param>
/// <param name="Revision">The write's own revision, or the catalogue's when nothing was changed.</param>
/// <param name="Replayed">True when the outcome is that of an earlier request with the same idempotency key.</param>
public sealed record FilmOutcome(FilmOutcomeKind Kind, FilmId Id, Film? Film, Revision Revision, bool Replayed = false)
{
    /// <summary>True when what was asked for is so.</summary>
    public bool IsSuccess => Kind <= FilmOutcomeKind.Deleted;
}
