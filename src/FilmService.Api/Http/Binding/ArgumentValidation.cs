using System.Collections.Concurrent;
using FluentValidation;
using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace FilmService.Api.Http.Binding;

/// <summary>A request's arguments, which a validator of its own checks.</summary>
public interface IArguments;

/// <summary>
/// Has arguments checked by their FluentValidation validator, and leaves to MVC what MVC itself has bound. An action's other
/// parameters are the domain's types, which are valid by themselves. The package's automatic validation would have MVC look
/// through the members of each argument and ask every parameter for its validators: more work than reading the request.
/// </summary>
internal sealed class ArgumentValidation(IObjectModelValidator mvc) : IObjectModelValidator
{
    private static readonly ConcurrentDictionary<Type, Type> Validators = new();

    public void Validate(ActionContext actionContext, ValidationStateDictionary? validationState, string prefix, object? model)
    {
        if (model is IArguments)
        {
            var type = Validators.GetOrAdd(model.GetType(), request => typeof(IValidator<>).MakeGenericType(request));
            var validator = (IValidator)actionContext.HttpContext.RequestServices.GetRequiredService(type);
            validator.Validate(new ValidationContext<object>(model)).AddToModelState(actionContext.ModelState);
        }
        else if (actionContext.ModelState.Count > 0)
        {
            mvc.Validate(actionContext, validationState, prefix, model);
        }
    }

    /// <summary>Puts it in front of MVC's own.</summary>
    public static void Add(IServiceCollection services)
    {
        var registered = services.Last(service => service.ServiceType == typeof(IObjectModelValidator));
        services.AddSingleton<IObjectModelValidator>(provider => new ArgumentValidation(
            (IObjectModelValidator)(registered.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!))));
    }
}
