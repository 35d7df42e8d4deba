namespace FilmService.Infrastructure.Model;

/// <summary>The columns of <c>films</c> that are computed from others.</summary>
internal static class ComputedColumns
{
    public const string Released = "year * 16 + month";

    public const string NameLength = "length(normalized_name)";

    public const string SearchWords = "' ' || normalized_name || ' ' || ifnull(search_extra, '')";

    public const string Letters = "ifnull(substr(search_extra, instr(search_extra, char(1)) + 1), replace(normalized_name, ' ', ''))";
}
