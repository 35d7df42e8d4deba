using FilmService.Api.Ui.History;
using FilmService.Api.Ui.Rendering;
using FilmService.Domain.Films;

namespace FilmService.Api.Ui.Editing;

/// <summary>The page of one film.</summary>
/// <param name="Film">The film; null if it was deleted.</param>
/// <param name="Form">The form that changes it.</param>
/// <param name="Saved">The revision that the visitor has just made; null if there is none.</param>
/// <param name="Now">The time, to say how long ago it was changed.</param>
public sealed record FilmModel(FilmId Id, Film? Film, FilmHistory History, FormModel Form, Revision? Saved, DateTimeOffset Now)
    : PageModel(Film?.Name ?? History.Entries.Select(entry => entry.Change.Details?.Name ?? entry.Before?.Name).FirstOrDefault(name => name is not null) ?? $"Film {Id}")
{
    public override string Section => "films";

    public override string? Revision => History.Now.ToString();

    /// <summary>The change that the visitor has just made and can undo; null if there is none.</summary>
    public HistoryEntry? Undoable => History.Entries is [var last, ..] && last.Change.Revision == Saved ? last : null;

    /// <summary>The version before <see cref="Undoable"/>; null if the film did not exist then, or it is no longer kept.</summary>
    public Revision? UndoTo => History.Entries.Count > 1 && History.Entries[1].Change.Details is not null ? History.Entries[1].Change.Revision : null;
}

/// <summary>The page for a film that never existed.</summary>
/// <param name="Id">Its id; null if no film can have it.</param>
public sealed record MissingFilmModel(FilmId? Id) : PageModel(Id is null ? "No film has this address" : $"Film {Id} doesn't exist")
{
    public override string Section => "films";
}
