using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;

namespace FilmService.Api.Films;

/// <summary>The arguments of a film, as the client sent them. Each request's validator says which of them it needs.</summary>
public abstract class FilmRequest(ArgumentSet sent) : RequestArguments(sent, FilmProblems.Validation)
{
    /// <summary>The arguments' names.</summary>
    public static readonly IReadOnlyList<string> ArgumentNames = ["name", "year", "month", "id"];

    public ArgumentValue Name { get; } = sent["name"];

    public ArgumentValue Year { get; } = sent["year"];

    public ArgumentValue Month { get; } = sent["month"];

    /// <summary>The film's id, where the address does not say it.</summary>
    public ArgumentValue Id { get; } = sent["id"];

    /// <summary>The month that the request says, once it is valid.</summary>
    protected Month? ToMonth() => Month.IsAbsent ? null : Months.Parse(Month.Text);

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
    public FilmDetails ToDetails() => new(Name.Text, Year.ToWholeNumber()!.Value, ToMonth());
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
    public FilmPatch ToPatch() => new(
        Name.Kind is ArgumentKind.Missing ? null : Name.Text,
        Year.ToWholeNumber(),
        Month.Kind is ArgumentKind.Missing ? null : new MonthChange(ToMonth()));
}
