namespace FilmService.Api.Tests.Hosting;

/// <summary>The source files that the tests were built from.</summary>
internal static class Repository
{
    public static string Path(string relative)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder!.FullName, "FilmService.sln")))
        {
            folder = folder.Parent;
        }

        return System.IO.Path.Combine(folder.FullName, relative);
    }
}
