using FilmService.Domain.Films;

namespace FilmService.Domain.Tests.Films;

/// <summary>A film and its details.</summary>
internal static class Samples
{
    public static readonly FilmId Id = FilmId.Generated(9);
    public static readonly FilmDetails Details = new("Up", 2009, Month.May);
    public static readonly FilmDetails OtherDetails = new("Up", 2010, Month.May);

    /// <summary>The film at revision <c>k3f9-7</c>.</summary>
    public static readonly Film Up = new(Id, Details, new Revision("k3f9", 7));

    public static RevisionMatch Revisions(params string[] revisions) => new(false, [.. revisions.Select(text => Revision.Parse(text)!.Value)]);
}
