namespace FilmService.Api.Http.Strictness;

/// <summary>
/// Declares which of the fields <c>Idempotency-Key</c>, <c>If-Match</c> and <c>If-None-Match</c> an action evaluates. On any
/// other action they are rejected: a condition that nobody checks would look as if it held.
/// </summary>
internal interface IRequestFields
{
    IReadOnlyList<string> Fields { get; }
}

/// <summary>Declares the fields that an action evaluates, see <see cref="IRequestFields"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequestFieldsAttribute(params string[] fields) : Attribute, IRequestFields
{
    public IReadOnlyList<string> Fields => fields;
}
