using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;

namespace FilmService.Api.Films;

/// <summary>The arguments of a film, as the client sent them. Each request's validator decides which of them it needs.</summary>
public abstract class FilmRequest(ArgumentSet sent) : RequestArguments(sent, FilmProblems.Validation), IFieldSource
{
    public static readonly IReadOnlyList<string> ArgumentNames = [.. FilmFields.All.Select(field => field.Argument), "id"];

    private readonly ArgumentSet _sent = sent;

    /// <summary>The film's id, if it is not in the URL.</summary>
    public ArgumentValue Id => _sent["id"];

    /// <summary>True if it has lists or objects in place of a film's name, as other programs' files have.</summary>
    protected bool IsForeign => _sent.HasUnknownStructure && _sent[FilmFields.Name.Argument].Kind is ArgumentKind.Missing;

    public FieldValue ValueOf(FilmField field) => _sent[field.Argument].ToValue(field);

    protected static async ValueTask<ArgumentSet> ReadAsync(HttpContext context)
    {
        var arguments = await ArgumentReader.ReadAsync(context.Request, ArgumentNames);
        if (FilmRules.IsGiven(arguments["id"]) && context.Request.RouteValues.ContainsKey("id"))
        {
            CheckId(arguments, FilmParameters.IdOf(context));
        }

        return arguments;
    }

    // A GET response can be PUT back, so the id may be repeated in the body.
    private static void CheckId(ArgumentSet arguments, FilmId id)
    {
        if (arguments["id"] != new ArgumentValue(ArgumentKind.Text, id.Value))
        {
            arguments.AddFault("id", "The id in the body must equal the id in the URL, or be left out.");
        }
    }
}

/// <summary>A complete film, to be stored under the id in the URL.</summary>
public class SaveFilmRequest(ArgumentSet sent) : FilmRequest(sent)
{
    public static async ValueTask<SaveFilmRequest?> BindAsync(HttpContext context) => new(await ReadAsync(context));

    /// <summary>The film, once the request has been validated.</summary>
    public FilmDetails ToDetails() => FilmFields.ToDetails(this);
}

/// <summary>A complete film, to be added under the given id or a generated one.</summary>
public sealed class AddFilmRequest(ArgumentSet sent) : SaveFilmRequest(sent)
{
    /// <summary>Reads the arguments; null if the body is something else, such as an import.</summary>
    public static new async ValueTask<AddFilmRequest?> BindAsync(HttpContext context) =>
        context.Features.Get<StreamedBody>() is null ? new(await ReadAsync(context)) : null;

    /// <inheritdoc/>
    public override string Advice => IsForeign ? FilmProblems.ForeignFile : "";

    /// <summary>The given id, once the request has been validated; null to generate one.</summary>
    public FilmId? ToId() => FilmId.TryParse(Id.Text, out var id) ? id : null;
}

/// <summary>Changes to some members of a film (RFC 7396): null clears a member, a missing one keeps its value.</summary>
public sealed class PatchFilmRequest(ArgumentSet sent) : FilmRequest(sent)
{
    public static async ValueTask<PatchFilmRequest?> BindAsync(HttpContext context) => new(await ReadAsync(context));

    /// <summary>The changes, once the request has been validated.</summary>
    public FilmPatch ToPatch() => FilmPatch.Of(ValueOf);
}
