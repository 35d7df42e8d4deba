using FilmService.Api.Http.Strictness;

namespace FilmService.Api.Search;

/// <summary>
/// Marks an action that searches films: <see cref="FilmSearch"/> reads its parameters and reports all errors at once.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SearchParametersAttribute : QueryAttribute, IRequestFields
{
    /// <summary>Requests the films as they were at a revision.</summary>
    public const string AsOf = "asOf";

    /// <summary>The parameters of pagination and presentation: a cursor stays valid if these change.</summary>
    public static readonly IReadOnlyList<string> View = ["fields", "limit", "cursor", "shape", "count", FacetReader.Parameter, FilmListFormat.Parameter];

    public static readonly IReadOnlyList<string> Names =
    [
        "id", "id.in", "name", "name.in", "name.contains", "name.startsWith",
        "year", "year.ne", "year.gt", "year.gte", "year.lt", "year.lte", "year.in",
        "released", "released.ne", "released.gt", "released.gte", "released.lt", "released.lte", "released.in",
        "month", "month.in", "month.null", "q", "sort", AsOf, .. View,
    ];

    public SearchParametersAttribute()
        : base([.. Names])
    {
    }

    public override bool AreReadByAction => true;

    IReadOnlyList<string> IRequestFields.Fields { get; } = ["If-Match", "If-None-Match"];
}
