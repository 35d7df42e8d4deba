using System.Runtime.CompilerServices;
using FilmService.Infrastructure.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>
/// To update the scripts: <c>RENEW_SCRIPTS=1 dotnet test tests/FilmService.Infrastructure.Tests --filter MigrationScript</c>.
/// </summary>
public sealed class MigrationScriptTests
{
    [Test]
    public void Scripts_Always_AreWhatEfCoreMakesOfTheMigrations()
    {
        using var context = SqliteFilmContext.For("Data Source=unused.db");
        var migrator = context.GetService<IMigrator>();
        var migrations = context.Database.GetMigrations().ToList();
        var folder = Path.Combine(Root(), "src/FilmService.Infrastructure/Sqlite/Migrations");

        foreach (var (migration, before) in migrations.Zip(migrations.Prepend(Migration.InitialDatabase)))
        {
            var path = Path.Combine(folder, migration + ".sql");
            var script = migrator.GenerateScript(before, migration).ReplaceLineEndings("\n").TrimEnd() + "\n";
            if (Environment.GetEnvironmentVariable("RENEW_SCRIPTS") == "1")
            {
                File.WriteAllText(path, script);
            }

            Assert.That(File.ReadAllText(path), Is.EqualTo(script), $"Renew {migration}.sql with RENEW_SCRIPTS=1.");
        }

        Assert.That(Directory.GetFiles(folder, "*.sql").Select(Path.GetFileNameWithoutExtension), Is.EquivalentTo(migrations));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath("../../../..", here);
}
