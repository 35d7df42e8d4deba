using System.Reflection;
using FilmService.Api.Films;
using FilmService.Api.Search;
using FilmService.Domain.Films;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace FilmService.Api;

/// <summary>
/// Calls the actions that most requests are for without MVC's invoker. Its filters, its model binding and its validation of what
/// was bound are a third of what reading a film costs, and have nothing to do here: the parameters have readers of their own, which
/// refuse by exception. Routes, metadata, actions and results are MVC's as everywhere.
/// </summary>
internal static class DirectActions
{
    private static readonly Dictionary<MethodInfo, Func<ControllerContext, IServiceProvider, Task<ActionResult>>> Calls = new()
    {
        [typeof(FilmsController).GetMethod(nameof(FilmsController.Get))!] = (context, services) => Films(context, services)
            .Get(FilmBinders.IdOf(context.HttpContext), ConditionalRequest.Preconditions(context.HttpContext.Request), context.HttpContext.RequestAborted),
        [typeof(SearchController).GetMethod(nameof(SearchController.List))!] = async (context, services) => await Search(context, services)
            .List(await FilmSearch.ReadAsync(context.HttpContext), context.HttpContext.RequestAborted),
        [typeof(FilmsController).GetMethod(nameof(FilmsController.Put))!] = PutAsync,
    };

    /// <summary>Has these actions called directly.</summary>
    public static void CallDirectly(this IEndpointConventionBuilder controllers) => controllers.Add(endpoint =>
    {
        if (endpoint.Metadata.OfType<ControllerActionDescriptor>().FirstOrDefault() is { } action
            && Calls.TryGetValue(action.MethodInfo, out var call))
        {
            // All of them are singletons: a request needs no scope of services of its own.
            var services = endpoint.ApplicationServices;
            endpoint.RequestDelegate = context => CallAsync(context, action, services, call);
        }
    });

    // In the order of the action's parameters, which is that of the problems: the arguments are judged when all has been read.
    private static async Task<ActionResult> PutAsync(ControllerContext action, IServiceProvider services)
    {
        var (films, context) = (Films(action, services), action.HttpContext);
        var id = FilmBinders.IdOf(context);
        var film = await FilmRequest.ReadAsync<SaveFilmRequest>(context, films.ModelState);
        var (preconditions, origin) = (ConditionalRequest.Preconditions(context.Request), await FilmBinders.OriginOfAsync(context));
        services.GetRequiredService<IValidator<SaveFilmRequest>>().Validate(film).AddToModelState(films.ModelState);
        return films.ModelState.IsValid ? films.Put(id, film, preconditions, origin) : ApiServices.InvalidArguments(action);
    }

    private static FilmsController Films(ControllerContext context, IServiceProvider services) =>
        new(services.GetRequiredService<FilmCatalog>(), services.GetRequiredService<FilmResults>()) { ControllerContext = context };

    private static SearchController Search(ControllerContext context, IServiceProvider services) =>
        new(services.GetRequiredService<FilmSearchService>()) { ControllerContext = context };

    private static async Task CallAsync(
        HttpContext context, ControllerActionDescriptor action, IServiceProvider services, Func<ControllerContext, IServiceProvider, Task<ActionResult>> call)
    {
        var controller = new ControllerContext(new ActionContext(context, context.GetRouteData(), action));
        var result = await call(controller, services);
        await result.ExecuteResultAsync(controller);
    }
}
