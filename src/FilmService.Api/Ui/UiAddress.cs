using FilmService.Domain.Films;

namespace FilmService.Api.Ui;

/// <summary>Addresses of pages.</summary>
public static class UiAddress
{
    public const string Films = "/ui/films";

    public const string Changes = "/ui/changes";

    public const string Add = "/ui/add";

    public const string Import = "/ui/import";

    public const string Undo = "/ui/undo";

    public const string Account = "/ui/account";

    public const string Users = "/ui/users";

    public const string AddUser = "/ui/add-user";

    public const string Keys = "/ui/keys";

    public const string AddKey = "/ui/add-key";

    public const string Clients = "/ui/clients";

    public const string AddClient = "/ui/add-client";

    public const string Webhooks = "/ui/webhooks";

    public const string AddWebhook = "/ui/add-webhook";

    public const string Backups = "/ui/backups";

    public const string Audit = "/ui/audit";

    public const string Health = "/ui/health";

    /// <summary>Something in a list, such as a user in the list of users.</summary>
    public static string In(string list, string id) => $"{list}/{Uri.EscapeDataString(id)}";

    public static string Film(FilmId id) => $"{Films}/{Uri.EscapeDataString(id.Value)}";

    /// <summary>The changes of a caller before a revision; null for everybody's, and for the newest.</summary>
    public static string ChangesOf(string? by, Revision? before = null) => Changes + Query(("by", by), ("before", before?.ToString()));

    /// <summary>The page that undoes the changes after one revision, up to another.</summary>
    /// <param name="by">Whose changes are undone; null for everybody's.</param>
    public static string UndoOf(Revision after, Revision through, string? by) => Undo + Query(("after", after.ToString()), ("through", through.ToString()), ("by", by));

    /// <summary>A query string; without those that are null.</summary>
    public static string Query(params IEnumerable<(string Name, string? Value)> parameters) =>
        string.Join('&', parameters.Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}")) is { Length: > 0 } query ? "?" + query : "";
}
