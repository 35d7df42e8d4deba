using FluentValidation;

namespace FilmService.Api.Http.Actions;

/// <summary>How an action's parameter is read from a request.</summary>
/// <param name="Type">The parameter's type. A type without a binder stops start-up.</param>
/// <param name="BindAsync">Creates the value.</param>
/// <param name="Validator">The service that validates the value; null if every value that can be read is valid.</param>
internal sealed record ParameterBinder(Type Type, Func<HttpContext, ValueTask<object?>> BindAsync, Type? Validator = null);

/// <summary>Registers the parameter types that actions can have.</summary>
internal static class ParameterBinders
{
    /// <summary>Adds a type whose values need no validation.</summary>
    public static IServiceCollection AddParameter<T>(this IServiceCollection services, Func<HttpContext, ValueTask<T>> bind) =>
        services.AddSingleton(new ParameterBinder(typeof(T), async context => await bind(context)));

    /// <summary>Adds arguments with their validator; null arguments are not validated.</summary>
    public static IServiceCollection AddArguments<T, TValidator>(this IServiceCollection services, Func<HttpContext, ValueTask<T?>> bind)
        where T : RequestArguments
        where TValidator : class, IValidator<T> => services
            .AddSingleton<IValidator<T>, TValidator>()
            .AddSingleton(new ParameterBinder(typeof(T), async context => await bind(context), typeof(IValidator<T>)));
}
