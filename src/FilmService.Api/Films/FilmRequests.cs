using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;

namespace FilmService.Api.Films;

/// <summary>The arguments of a film, as the client sent them. Each request's validator says which of them it needs.</summary>
public abstract class FilmRequest(ArgumentSet sent) : RequestArguments(sent, FilmProblems.Validation), IFieldSource
{
    /// <summary>The arguments' names.</summary>
    public static readonly IReadOnlyList<string> ArgumentNames = [.. FilmFields.All.Select(field => field.Argument), "id"];

    private readonly ArgumentSet _sent = sent;

    /// <summary>The film's id, where the address does not say it.</summary>
    public ArgumentValue Id => _sent["id"];

    public FieldValue ValueOf(FilmField field) => _sent[field.Argument].ToValue(field);

    /// <summary>Reads the arguments from the query string and the body.</summary>
    protected static async ValueTask<ArgumentSet> ReadAsync(HttpContext context)
    {
        var arguments = await ArgumentReader.ReadAsync(context.Request, ArgumentNames);
        if (arguments["id"].Kind is not ArgumentKind.Missing && context.Request.RouteValues.ContainsKey("id"))
        {
            CheckId(arguments, FilmParameters.IdOf(context));
        }

        return arguments;
    }

    // What GET gave can be PUT back, so the address's own id is welcome.
    private static void CheckId(ArgumentSet arguments, FilmId id)
    {
        if (arguments["id"] != new ArgumentValue(ArgumentKind.Text, id.Value))
        {
            arguments.AddFault("id", "The id in the body must equal the id in the URL, or be left out.");
        }
    }
}

/// <summary>A film as a whole, to be stored under the id of the address.</summary>
public class SaveFilmRequest(ArgumentSet sent) : FilmRequest(sent)
{
    public static async ValueTask<SaveFilmRequest?> BindAsync(HttpContext context) => new(await ReadAsync(context));

    /// <summary>The film that the request says, once it is valid.</summary>
    public FilmDetails ToDetails() => FilmFields.ToDetails(this);
}

/// <summary>A film as a whole, to be added under an id of its own or a generated one.</summary>
public sealed class AddFilmRequest(ArgumentSet sent) : SaveFilmRequest(sent)
{
    /// <summary>Reads the arguments; null if the body was something else, such as an import.</summary>
    public static new async ValueTask<AddFilmRequest?> BindAsync(HttpContext context) =>
        context.Features.Get<StreamedBody>() is null ? new(await ReadAsync(context)) : null;

    /// <summary>The id that the request says, once it is valid; null asks for a generated one.</summary>
    public FilmId? ToId() => FilmId.TryParse(Id.Text, out var id) ? id : null;
}

/// <summary>Some members of a film, to be changed (RFC 7396): null clears, what is missing stays.</summary>
public sealed class PatchFilmRequest(ArgumentSet sent) : FilmRequest(sent)
{
    public static async ValueTask<PatchFilmRequest?> BindAsync(HttpContext context) => new(await ReadAsync(context));

    /// <summary>The change that the request says, once it is valid.</summary>
    public FilmPatch ToPatch() => FilmPatch.Of(ValueOf);
}
