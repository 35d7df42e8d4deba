namespace FilmService.Api.Ui.Rendering;

/// <summary>What a page shows.</summary>
/// <param name="Title">The page's title and heading.</param>
public abstract record PageModel(string Title)
{
    /// <summary>The entry of the navigation that the page belongs to.</summary>
    public virtual string Section => "";

    /// <summary>The catalogue's revision that the page shows, after which its script listens for changes; null if it does not.</summary>
    public virtual string? Revision => null;
}
