namespace FilmService.Limits;

/// <summary>What Kestrel alone can do: the same bytes for every request.</summary>
internal static class ConstantServer
{
    private static readonly byte[] Film = """{"Name":"The Voyage of Film 12345","Year":1999,"Month":"March"}"""u8.ToArray();

    public static WebApplication Create(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(Answer);
        return app;
    }

    private static Task Answer(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Film.Length;
        return context.Response.Body.WriteAsync(Film).AsTask();
    }
}
