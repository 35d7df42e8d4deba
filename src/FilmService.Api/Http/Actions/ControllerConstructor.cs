using System.Reflection;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Http.Actions;

/// <summary>Creates a controller for each request. Its services are singletons, so no request needs a scope.</summary>
internal sealed class ControllerConstructor
{
    private readonly ConstructorInvoker _constructor;
    private readonly object[] _services;

    /// <exception cref="InvalidOperationException">
    /// The controller needs services that are not singletons, or is disposable.
    /// </exception>
    public ControllerConstructor(Type controller, IServiceProvider services)
    {
        if (controller.IsAssignableTo(typeof(IDisposable)) || controller.IsAssignableTo(typeof(IAsyncDisposable)))
        {
            throw new InvalidOperationException($"{controller.Name} is disposable, and nothing would dispose it.");
        }

        var constructor = controller.GetConstructors().Single();
        _constructor = ConstructorInvoker.Create(constructor);
        _services = [.. constructor.GetParameters().Select(parameter => Singleton(parameter.ParameterType, controller, services))];
    }

    public ControllerBase Create(ControllerContext context)
    {
        var controller = (ControllerBase)_constructor.Invoke(_services.AsSpan()!);
        controller.ControllerContext = context;
        return controller;
    }

    private static object Singleton(Type type, Type controller, IServiceProvider services)
    {
        if (type == typeof(IServiceProvider))
        {
            return services;
        }

        using var scope = services.CreateScope();
        var service = scope.ServiceProvider.GetRequiredService(type);
        return ReferenceEquals(service, services.GetRequiredService(type))
            ? service
            : throw new InvalidOperationException($"{controller.Name} needs a {type.Name}, which is not a singleton.");
    }
}
