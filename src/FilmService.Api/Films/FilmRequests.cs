using FilmService.Api.Http.Binding;
using FilmService.Domain.Films;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FilmService.Api.Films;

/// <summary>The arguments of a film, as the client sent them. Each request's validator says which of them it needs.</summary>
public abstract class FilmRequest : IArguments
{
    /// <summary>The arguments' names.</summary>
    public static readonly IReadOnlyList<string> ArgumentNames = ["name", "year", "month", "id"];

    /// <summary>The film's name.</summary>
    public ArgumentValue Name { get; private set; }

    /// <summary>The year of release.</summary>
    public ArgumentValue Year { get; private set; }

    /// <summary>The month of release.</summary>
    public ArgumentValue Month { get; private set; }

    /// <summary>The film's id, where the address does not say it.</summary>
    public ArgumentValue Id { get; private set; }

    /// <summary>The month that the request says, once it is valid.</summary>
    protected Month? ToMonth() => Month.IsAbsent ? null : Months.Parse(Month.Text);

    /// <summary>Reads a request's arguments from its query string and its body; what is wrong with their names goes into the state.</summary>
    public static async Task<T> ReadAsync<T>(HttpContext context, ModelStateDictionary state)
        where T : FilmRequest, new()
    {
        var arguments = await ArgumentReader.ReadAsync(context.Request, ArgumentNames);
        if (arguments["id"].Kind is not ArgumentKind.Missing && context.Request.RouteValues.ContainsKey("id"))
        {
            CheckId(arguments, FilmBinders.IdOf(context));
        }

        foreach (var (name, messages) in arguments.Faults)
        {
            state.AddModelError(name, messages[0]);
        }

        return new T { Name = arguments["name"], Year = arguments["year"], Month = arguments["month"], Id = arguments["id"] };
    }

    // What GET gave can be PUT back, so the address's own id is welcome.
    private static void CheckId(ArgumentSet arguments, FilmId id)
    {
        if (arguments["id"] != new ArgumentValue(ArgumentKind.Text, id.Value))
        {
            arguments.AddFault("id", "The id in the body must equal the id in the URL, or be left out.");
        }
    }

    /// <summary>Reads it as an action's parameter; null when the body was something else, such as an import.</summary>
    protected sealed class Binder<T> : IModelBinder
        where T : FilmRequest, new()
    {
        /// <inheritdoc/>
        public async Task BindModelAsync(ModelBindingContext bindingContext) => bindingContext.Result = ModelBindingResult.Success(
            bindingContext.HttpContext.Features.Get<StreamedBody>() is null ? await ReadAsync<T>(bindingContext.HttpContext, bindingContext.ModelState) : null);
    }
}

/// <summary>A film as a whole, to be stored under the id of the address.</summary>
[ModelBinder(typeof(Binder<SaveFilmRequest>))]
public class SaveFilmRequest : FilmRequest
{
    /// <summary>The film that the request says, once it is valid.</summary>
    public FilmDetails ToDetails() => new(Name.Text, Year.ToWholeNumber()!.Value, ToMonth());
}

/// <summary>A film as a whole, to be added under an id of its own or a generated one.</summary>
[ModelBinder(typeof(Binder<AddFilmRequest>))]
public sealed class AddFilmRequest : SaveFilmRequest
{
    /// <summary>The id that the request says, once it is valid; null asks for a generated one.</summary>
    public FilmId? ToId() => FilmId.TryParse(Id.Text, out var id) ? id : null;
}

/// <summary>Some members of a film, to be changed (RFC 7396): null clears, what is missing stays.</summary>
[ModelBinder(typeof(Binder<PatchFilmRequest>))]
public sealed class PatchFilmRequest : FilmRequest
{
    /// <summary>The change that the request says, once it is valid.</summary>
    public FilmPatch ToPatch() => new(
        Name.Kind is ArgumentKind.Missing ? null : Name.Text,
        Year.ToWholeNumber(),
        Month.Kind is ArgumentKind.Missing ? null : new MonthChange(ToMonth()));
}
