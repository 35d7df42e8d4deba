using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FilmService.Api.Http.Actions;

/// <summary>
/// Runs every action through <see cref="ActionDelegate"/> instead of MVC's invoker. Anything that only MVC's invoker supports,
/// such as a filter, stops start-up, so that nothing is ignored silently.
/// </summary>
internal static class ActionEndpoints
{
    /// <exception cref="InvalidOperationException">An action uses a feature that would have no effect.</exception>
    public static void MapActions(this WebApplication app)
    {
        var binders = app.Services.GetServices<ParameterBinder>().ToDictionary(binder => binder.Type);
        app.MapControllers().Finally(endpoint => endpoint.RequestDelegate = Delegate((RouteEndpointBuilder)endpoint, binders));
        foreach (var source in ((IEndpointRouteBuilder)app).DataSources)
        {
            // Builds the endpoints now instead of at the first request.
            _ = source.Endpoints;
        }
    }

    private static RequestDelegate Delegate(RouteEndpointBuilder endpoint, Dictionary<Type, ParameterBinder> binders)
    {
        var action = endpoint.Metadata.OfType<ControllerActionDescriptor>().Single();
        var filters = action.FilterDescriptors.Select(filter => filter.Filter).Where(filter => filter is not (ApiControllerAttribute or ProducesResponseTypeAttribute));
        Refuse(filters.Any(), action, $"has filters ({string.Join(", ", filters.Select(filter => filter.GetType().Name))})");
        Refuse(action.BoundProperties.Count > 0, action, "has a controller with bound properties");
        Refuse(!IsResult(action.MethodInfo.ReturnType), action, $"returns neither {nameof(ActionResult)} nor a task of it");
        return new ActionDelegate(action, [.. action.Parameters.Select(parameter => Binder(endpoint, action, parameter, binders))], endpoint.ApplicationServices).RunAsync;
    }

    private static bool IsResult(Type type) => type == typeof(Task<ActionResult>) || type.IsAssignableTo(typeof(ActionResult));

    private static ParameterBinder Binder(
        RouteEndpointBuilder endpoint, ControllerActionDescriptor action, ParameterDescriptor parameter, Dictionary<Type, ParameterBinder> binders)
    {
        Refuse(parameter.BindingInfo?.BindingSource != BindingSource.Special, action, $"says of '{parameter.Name}' where it comes from");
        Refuse(((ControllerParameterDescriptor)parameter).ParameterInfo.IsDefined(typeof(ValidationAttribute), inherit: true), action, $"has '{parameter.Name}' validated by an attribute");
        if (parameter.ParameterType == typeof(string) && endpoint.RoutePattern.GetParameter(parameter.Name) is not null)
        {
            return new ParameterBinder(typeof(string), context => new(context.Request.RouteValues[parameter.Name]));
        }

        var binder = binders.GetValueOrDefault(parameter.ParameterType);
        Refuse(binder is null, action, $"takes '{parameter.Name}', of whose type there is no {nameof(ParameterBinder)}");
        Refuse(binder!.Validator is null && binder.Type.IsSubclassOf(typeof(RequestArguments)), action, $"takes '{parameter.Name}', which has no validator");
        return binder;
    }

    private static void Refuse(bool isRefused, ControllerActionDescriptor action, string what)
    {
        if (isRefused)
        {
            throw new InvalidOperationException($"{action.DisplayName} {what}, which {nameof(ActionDelegate)} does not know.");
        }
    }
}
