using AutoMapper;
using FilmService.Api.Access;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.OAuth;
using FilmService.Api.Changes;
using FilmService.Api.Docs;
using FilmService.Api.Films;
using FilmService.Api.Hosting.Settings;
using FilmService.Api.Http;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Api.Import;
using FilmService.Api.RateLimiting;
using FilmService.Api.Search;
using FilmService.Domain.Films;
using FluentValidation;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace FilmService.Api;

/// <summary>Registers the Api.</summary>
internal static class ApiServices
{
    /// <summary>Adds the settings of every feature, which are read and checked at start (contract, section 10).</summary>
    public static IServiceCollection AddServiceSettings(this IServiceCollection services) => services
        .AddSingleton<SettingsReader>()
        .AddSettings(DatabaseSettings.Read)
        .AddSettings(ListenAddresses.Read)
        .AddSettings(FilmSettings.Read)
        .AddSettings(ImportSettings.Read)
        .AddSettings(ChangeSettings.Read)
        .AddSettings(AccessSettings.Read)
        .AddSettings(OAuthSettings.Read)
        .AddSettings(ProxySettings.Read)
        .AddSettings(RateLimitSettings.Read);

    /// <summary>Adds the controllers and what they need.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton(provider => provider.GetRequiredService<FilmSettings>().Rules);
        services.AddSingleton<FilmCatalog>();
        services.AddSingleton<FilmResults>();
        services.AddSingleton<FilmSearchService>();
        services.AddSingleton<ImportSlots>();
        services.AddHostedService<ChangeExpiry>();
        services.AddSingleton(new StreamLimits());
        services.AddSingleton<ChangeBroadcast>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeBroadcast>());
        services.AddSingleton<RateLimits>();
        services.AddAccess();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<AccessSettings>((cors, access) => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. access.Origins]).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(ExposedFields.All)));
        services.AddAutoMapper(
            (provider, mapper) =>
            {
                mapper.LicenseKey = provider.GetRequiredService<FilmSettings>().AutoMapperLicenceKey;
                mapper.AddProfile<FilmMappingProfile>();
            },
            Type.EmptyTypes);
        services.AddSingleton(provider => new Lazy<IMapper>(provider.GetRequiredService<IMapper>));
        return services.AddFilmControllers().AddApiDocument();
    }

    private static IServiceCollection AddFilmControllers(this IServiceCollection services)
    {
        services.AddSingleton(ControllersOnly());
        services.AddMvcCore(ReadArgumentsOurselves)
            .AddApiExplorer()
            .ConfigureApiBehaviorOptions(api =>
            {
                api.SuppressMapClientErrors = true;
                api.SuppressInferBindingSourcesForParameters = true;
                api.InvalidModelStateResponseFactory = InvalidArguments;
            })
            .AddJsonOptions(json => json.JsonSerializerOptions.Encoder = Json.Options.Encoder);
        ArgumentValidation.Add(services);
        services.AddSingleton<IValidator<SaveFilmRequest>, SaveFilmRequestValidator>();
        services.AddSingleton<IValidator<AddFilmRequest>, AddFilmRequestValidator>();
        services.AddSingleton<IValidator<PatchFilmRequest>, PatchFilmRequestValidator>();
        return services.AddSingleton<IValidator<RestoreFilmRequest>, RestoreFilmRequestValidator>();
    }

    // MVC would look for controllers in every package that knows it, and load each type of this program to see whether it is one.
    private static ApplicationPartManager ControllersOnly()
    {
        var parts = new ApplicationPartManager();
        parts.ApplicationParts.Add(new Controllers());
        return parts;
    }

    // MVC would read a form before the request's own binder can, and take what is not UTF-8 for something else.
    private static void ReadArgumentsOurselves(MvcOptions mvc)
    {
        mvc.ValueProviderFactories.Clear();
        mvc.ValueProviderFactories.Add(new RouteValueProviderFactory());
        mvc.ModelBinderProviders.Insert(0, new FilmBinders());
    }

    // An argument's first fault is the one to mend: a file that should be a field is not also missing.
    internal static ProblemResult InvalidArguments(ActionContext context) => new(Problem.OfErrors(
        FilmProblems.Validation,
        context.ModelState
            .Where(entry => entry.Value!.Errors.Count > 0)
            .ToDictionary(entry => entry.Key, entry => new[] { entry.Value!.Errors[0].ErrorMessage })));
}
