using FilmService.Api.Search;
using FilmService.Domain.Films;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace FilmService.Api.Films;

/// <summary>
/// Calls the actions that most requests are for without MVC's invoker. Its filters, its model binding and its validation of what
/// was bound are a third of what reading a film costs, and have nothing to do here: the parameters have readers of their own, which
/// refuse by exception. Routes, metadata, actions and results are MVC's as everywhere.
/// </summary>
internal static class DirectActions
{
    private static readonly Dictionary<string, Func<FilmsController, HttpContext, IServiceProvider, Task<ActionResult>>> Calls = new()
    {
        [nameof(FilmsController.Get)] = (films, context, _) =>
            films.Get(FilmBinders.IdOf(context), ConditionalRequest.Preconditions(context.Request), context.RequestAborted),
        [nameof(FilmsController.List)] = async (films, context, _) => await films.List(await FilmSearch.ReadAsync(context), context.RequestAborted),
        [nameof(FilmsController.Put)] = PutAsync,
    };

    /// <summary>Has these actions called directly.</summary>
    public static void CallDirectly(this IEndpointConventionBuilder controllers) => controllers.Add(endpoint =>
    {
        if (endpoint.Metadata.OfType<ControllerActionDescriptor>().FirstOrDefault() is { } action
            && action.ControllerTypeInfo == typeof(FilmsController) && Calls.TryGetValue(action.MethodInfo.Name, out var call))
        {
            // All of them are singletons: a request needs no scope of services of its own.
            var services = endpoint.ApplicationServices;
            endpoint.RequestDelegate = context => CallAsync(context, action, services, call);
        }
    });

    // In the order of the action's parameters, which is that of the problems: the arguments are judged when all has been read.
    private static async Task<ActionResult> PutAsync(FilmsController films, HttpContext context, IServiceProvider services)
    {
        var id = FilmBinders.IdOf(context);
        var film = await FilmRequest.ReadAsync<SaveFilmRequest>(context, films.ModelState);
        var (preconditions, origin) = (ConditionalRequest.Preconditions(context.Request), await FilmBinders.OriginOfAsync(context));
        services.GetRequiredService<IValidator<SaveFilmRequest>>().Validate(film).AddToModelState(films.ModelState);
        return films.ModelState.IsValid ? films.Put(id, film, preconditions, origin) : ApiServices.InvalidArguments(films.ControllerContext);
    }

    private static FilmsController Controller(HttpContext context, ControllerActionDescriptor action, IServiceProvider services) =>
        new(services.GetRequiredService<FilmCatalog>(), services.GetRequiredService<FilmResults>(), services.GetRequiredService<FilmSearchService>())
        {
            ControllerContext = new ControllerContext(new ActionContext(context, context.GetRouteData(), action)),
        };

    private static async Task CallAsync(
        HttpContext context, ControllerActionDescriptor action, IServiceProvider services, Func<FilmsController, HttpContext, IServiceProvider, Task<ActionResult>> call)
    {
        var films = Controller(context, action, services);
        var result = await call(films, context, services);
        await result.ExecuteResultAsync(films.ControllerContext);
    }
}
