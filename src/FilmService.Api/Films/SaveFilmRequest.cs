using FilmService.Api.Arguments;
using FilmService.Domain.Films;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FilmService.Api.Films;

/// <summary>The arguments of a film to be stored, as the client sent them; <see cref="SaveFilmRequestValidator"/> checks them.</summary>
[ModelBinder(typeof(Binder))]
public sealed class SaveFilmRequest
{
    /// <summary>The arguments' names.</summary>
    public static readonly IReadOnlyList<string> ArgumentNames = ["name", "year", "month", "id"];

    /// <summary>The film's name.</summary>
    public ArgumentValue Name { get; init; }

    /// <summary>The year of release.</summary>
    public ArgumentValue Year { get; init; }

    /// <summary>The month of release.</summary>
    public ArgumentValue Month { get; init; }

    /// <summary>The film that the request says, once it is valid.</summary>
    public FilmDetails ToDetails() => new(Name.Text, Year.ToWholeNumber()!.Value, Month.IsAbsent ? null : Months.Parse(Month.Text));

    private sealed class Binder : IModelBinder
    {
        public async Task BindModelAsync(ModelBindingContext bindingContext)
        {
            var arguments = await ArgumentReader.ReadAsync(bindingContext.HttpContext.Request, ArgumentNames);
            CheckId(arguments, FilmIdBinder.Of(bindingContext.HttpContext));
            foreach (var (name, messages) in arguments.Faults)
            {
                bindingContext.ModelState.AddModelError(name, messages[0]);
            }

            bindingContext.Result = ModelBindingResult.Success(
                new SaveFilmRequest { Name = arguments["name"], Year = arguments["year"], Month = arguments["month"] });
        }

        // What GET gave can be PUT back, so the address's own id is welcome.
        private static void CheckId(ArgumentSet arguments, FilmId id)
        {
            var sent = arguments["id"];
            if (sent.Kind is not ArgumentKind.Missing && sent.Text != id.Value)
            {
                arguments.AddFault("id", "The id is said once, in the address; another one in the arguments is not taken.");
            }
        }
    }
}
