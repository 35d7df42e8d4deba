using FilmService.Infrastructure;

namespace FilmService.Api.Hosting.Settings;

internal static class DatabaseSettings
{
    public static DatabaseOptions Read(SettingsReader reader)
    {
        if (reader.OneOf("Database:Provider", "Sqlite", "Sqlite", "PostgreSql") == "PostgreSql")
        {
            reader.Fault("Database:Provider", "PostgreSql", "Sqlite; PostgreSql is not supported yet", "");
        }

        return new DatabaseOptions(
            reader.Text("ConnectionStrings:Films", "Data Source=data/films.db"), reader.Environment.ContentRootPath, reader.Flag("Films:Seed", true));
    }
}
