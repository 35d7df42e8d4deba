using System.Reflection;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FilmService.Api.Http.Actions;

/// <summary>
/// Runs a controller action: creates the controller, binds the parameters in order, validates the arguments, calls the action and
/// executes its result. Every action is run this way. Routes, metadata, controllers and results are MVC's.
/// </summary>
internal sealed class ActionDelegate(ControllerActionDescriptor action, IReadOnlyList<ParameterBinder> parameters, IServiceProvider services)
{
    private readonly ControllerConstructor _constructor = new(action.ControllerTypeInfo, services);
    private readonly MethodInvoker _method = MethodInvoker.Create(action.MethodInfo);

    public async Task RunAsync(HttpContext context)
    {
        var controller = _constructor.Create(new ControllerContext(new ActionContext(context, context.GetRouteData(), action)));
        var values = new object?[parameters.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = await parameters[i].BindAsync(context);
        }

        // The body may have taken hours. From here to the write queue nothing waits for the client, and a revocation passes through
        // the same queue.
        (context.User as IRevocableCaller)?.EnsureNotRevoked(context.Request);

        // Only now: a request that cannot be read is rejected for that, whatever is wrong with its arguments.
        Check(values, controller.ModelState);
        var returned = _method.Invoke(controller, values.AsSpan());
        var result = returned is Task<ActionResult> task ? await task : (ActionResult)returned!;
        await result.ExecuteResultAsync(controller.ControllerContext);
    }

    private void Check(object?[] values, ModelStateDictionary state)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is RequestArguments arguments)
            {
                ArgumentValidation.Check(arguments, (IValidator)services.GetRequiredService(parameters[i].Validator!), state);
            }
        }
    }
}
