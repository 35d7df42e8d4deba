using FilmService.Api.Http.Strictness;

namespace FilmService.Api.Search;

/// <summary>Marks an action that finds films: its parameters are read, and all that is wrong with them told at once, by <see cref="FilmSearch"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SearchParametersAttribute : QueryAttribute, IRequestFields
{
    /// <summary>The parameters of the page and of what of a film is shown: a cursor holds through changes of these.</summary>
    public static readonly IReadOnlyList<string> View = ["fields", "limit", "cursor", "shape", "count", FilmListFormat.Parameter];

    /// <summary>All of the parameters.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "id", "id.in", "name", "name.in", "name.contains", "name.startsWith",
        "year", "year.ne", "year.gt", "year.gte", "year.lt", "year.lte", "year.in",
        "released", "released.ne", "released.gt", "released.gte", "released.lt", "released.lte", "released.in",
        "month", "month.in", "month.null", "q", "sort", .. View,
    ];

    /// <summary>Declares the parameters.</summary>
    public SearchParametersAttribute()
        : base([.. Names])
    {
    }

    public override bool AreReadByAction => true;

    IReadOnlyList<string> IRequestFields.Fields { get; } = ["If-Match", "If-None-Match"];
}
