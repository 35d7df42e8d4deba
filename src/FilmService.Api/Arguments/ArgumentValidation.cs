using FluentValidation.AspNetCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace FilmService.Api.Arguments;

/// <summary>A request's arguments, which a validator of its own checks.</summary>
public interface IArguments;

/// <summary>
/// Validates arguments and what MVC itself has bound. An action's other parameters are the domain's types, which are valid by
/// themselves, and looking for their validators would cost a request that only reads as much as the reading.
/// </summary>
internal sealed class ArgumentValidation(IObjectModelValidator validator) : IObjectModelValidator
{
    public void Validate(ActionContext actionContext, ValidationStateDictionary? validationState, string prefix, object? model)
    {
        if (model is IArguments || actionContext.ModelState.Count > 0)
        {
            validator.Validate(actionContext, validationState, prefix, model);
        }
    }

    /// <summary>Sets up FluentValidation for arguments.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddFluentValidationAutoValidation(validation => validation.DisableDataAnnotationsValidation = true);
        var registered = services.Last(service => service.ServiceType == typeof(IObjectModelValidator));
        services.AddSingleton<IObjectModelValidator>(provider => new ArgumentValidation(
            (IObjectModelValidator)(registered.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!))));
    }
}
