using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FilmService.Api.Http.Actions;

internal static class ActionServices
{
    /// <summary>
    /// Lets MVC find and describe the actions of the given controllers. They are run by <see cref="ActionEndpoints"/>.
    /// </summary>
    public static IServiceCollection AddActions(this IServiceCollection services, ApplicationPart controllers)
    {
        // MVC would search every package that references it for controllers, and load each type of this program.
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

    // Otherwise the API document would describe the members of a parameter's type. Path parameters are taken from the route.
    private sealed class OwnParameters : IParameterModelConvention
    {
        public void Apply(ParameterModel parameter) => parameter.BindingInfo ??= new BindingInfo { BindingSource = BindingSource.Special };
    }
}
