using FilmService.Infrastructure;

namespace FilmService.Api.Hosting.Settings;

internal static class DatabaseSettings
{
    private const string Setting = "ConnectionStrings:Films";
    private const string DefaultFile = "data/films.db";

    public static DatabaseOptions Read(SettingsReader reader)
    {
        if (reader.OneOf("Database:Provider", "Sqlite", "Sqlite", "PostgreSql") == "PostgreSql")
        {
            reader.Fault("Database:Provider", "PostgreSql", "Sqlite; PostgreSql is not supported yet", "");
        }

        var folder = reader.Framework(Setting) is null ? DefaultFolder(reader.Environment) : reader.Environment.ContentRootPath;
        return new DatabaseOptions(reader.Text(Setting, $"Data Source={DefaultFile}"), folder, reader.Flag("Films:Seed", true))
        {
            CopyBeforeMigration = reader.Flag("Database:CopyBeforeMigration", true),
        };
    }

    // A published program has one default database, wherever it is started from: beside itself, unless it may not write there. A
    // database in the folder in which it is started comes first: that was the default once. 'dotnet run' has it in the project.
    private static string DefaultFolder(IHostEnvironment environment)
    {
        var (here, program) = (environment.ContentRootPath, AppContext.BaseDirectory);
        var isChosen = environment.IsDevelopment() || Path.TrimEndingDirectorySeparator(here) != Environment.CurrentDirectory;
        return isChosen || HasDatabase(here) || !(HasDatabase(program) || IsWritable(program)) ? here : program;
    }

    private static bool HasDatabase(string folder) => File.Exists(Path.Combine(folder, DefaultFile));

    private static bool IsWritable(string folder)
    {
        var data = Path.Combine(folder, Path.GetDirectoryName(DefaultFile)!);
        try
        {
            using var probe = new FileStream(Path.Combine(Path.Exists(data) ? data : folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}
