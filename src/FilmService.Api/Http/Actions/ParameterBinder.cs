using FluentValidation;

namespace FilmService.Api.Http.Actions;

/// <summary>How a parameter of an action is made from a request.</summary>
/// <param name="Type">The parameter's type. A type without a binder stops the start.</param>
/// <param name="BindAsync">Makes the value.</param>
/// <param name="Validator">The service that checks the value; null if a value that could be made is valid.</param>
internal sealed record ParameterBinder(Type Type, Func<HttpContext, ValueTask<object?>> BindAsync, Type? Validator = null);

/// <summary>Registers the types of parameters that actions can have.</summary>
internal static class ParameterBinders
{
    /// <summary>Adds a type whose values are valid by themselves.</summary>
    public static IServiceCollection AddParameter<T>(this IServiceCollection services, Func<HttpContext, ValueTask<T>> bind) =>
        services.AddSingleton(new ParameterBinder(typeof(T), async context => await bind(context)));

    /// <summary>Adds arguments, which their validator checks; null is not checked.</summary>
    public static IServiceCollection AddArguments<T, TValidator>(this IServiceCollection services, Func<HttpContext, ValueTask<T?>> bind)
        where T : RequestArguments
        where TValidator : class, IValidator<T> => services
            .AddSingleton<IValidator<T>, TValidator>()
            .AddSingleton(new ParameterBinder(typeof(T), async context => await bind(context), typeof(IValidator<T>)));
}
