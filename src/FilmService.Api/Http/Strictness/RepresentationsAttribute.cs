namespace FilmService.Api.Http.Strictness;

/// <summary>Names the media types that an action answers with, the first by default. Without it, JSON.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RepresentationsAttribute(params string[] mediaTypes) : Attribute
{
    /// <summary>The media types, most welcome first.</summary>
    public IReadOnlyList<string> MediaTypes => mediaTypes;
}

/// <summary>Names the query parameters of an action. An action without it takes none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class QueryAttribute(params string[] parameters) : Attribute
{
    /// <summary>The names as they are documented; they are read in any letter case.</summary>
    public IReadOnlyList<string> Parameters => parameters;

    /// <summary>True when the action reads them itself, and reports what is wrong with them.</summary>
    public virtual bool AreReadByAction => false;
}
