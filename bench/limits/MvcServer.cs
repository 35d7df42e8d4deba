namespace FilmService.Limits;

/// <summary>What MVC can do when looking a film up costs nothing.</summary>
internal static class MvcServer
{
    public static WebApplication Create(string[] args, FilmsInMemory films)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(films);
        builder.Services.AddControllers()
            .AddJsonOptions(json => json.JsonSerializerOptions.PropertyNamingPolicy = null);
        var app = builder.Build();
        app.MapControllers();
        return app;
    }
}
