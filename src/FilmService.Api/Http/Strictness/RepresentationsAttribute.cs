namespace FilmService.Api.Http.Strictness;

/// <summary>Lists the media types of an action's responses, the default first. Without this attribute it is JSON.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RepresentationsAttribute(params string[] mediaTypes) : Attribute
{
    /// <summary>The media types, the preferred one first.</summary>
    public IReadOnlyList<string> MediaTypes => mediaTypes;
}

/// <summary>Lists the query parameters of an action. An action without this attribute has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class QueryAttribute(params string[] parameters) : Attribute
{
    /// <summary>The names as documented; they are case-insensitive.</summary>
    public IReadOnlyList<string> Parameters => parameters;

    /// <summary>True if the action reads and validates them itself.</summary>
    public virtual bool AreReadByAction => false;
}
