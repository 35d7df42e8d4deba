using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FilmService.Api.Http.Actions;

/// <summary>Registers controllers.</summary>
internal static class ActionServices
{
    /// <summary>Has MVC find the actions of some controllers and describe them. It does not run them: <see cref="ActionEndpoints"/>.</summary>
    public static IServiceCollection AddActions(this IServiceCollection services, ApplicationPart controllers)
    {
        // MVC would look for controllers in every package that knows it, and load each type of this program to see whether it is one.
        var parts = new ApplicationPartManager();
        parts.ApplicationParts.Add(controllers);
        services.AddSingleton(parts);
        services.AddMvcCore(RunNothing).AddApiExplorer().ConfigureApiBehaviorOptions(api =>
        {
            api.SuppressMapClientErrors = true;
            api.SuppressModelStateInvalidFilter = true;
            api.SuppressInferBindingSourcesForParameters = true;
        });
        return services;
    }

    private static void RunNothing(MvcOptions mvc)
    {
        mvc.Filters.Clear();
        mvc.Conventions.Add(new OwnParameters());
    }

    // Otherwise the API document would describe the members of a parameter's type. It takes a path's parameters from the route.
    private sealed class OwnParameters : IParameterModelConvention
    {
        public void Apply(ParameterModel parameter) => parameter.BindingInfo ??= new BindingInfo { BindingSource = BindingSource.Special };
    }
}
