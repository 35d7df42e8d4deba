using FilmService.Api.Http.Strictness;

namespace FilmService.Api.Films;

/// <summary>Marks an action that writes films: it supports <c>dryRun</c> and idempotency keys.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FilmWriteAttribute : QueryAttribute, IRequestFields
{
    /// <summary>The parameter that requests the outcome without storing anything.</summary>
    public const string DryRun = "dryRun";

    /// <summary>Declares the parameter, and others of the action.</summary>
    public FilmWriteAttribute(params string[] others)
        : base([DryRun, .. others])
    {
    }

    IReadOnlyList<string> IRequestFields.Fields { get; } = [IdempotencyKeyField.Name];
}
