using FilmService.Infrastructure.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>The catalogue on SQLite; owns the migrations of that database.</summary>
public sealed class SqliteFilmContext(DbContextOptions<SqliteFilmContext> options) : FilmContext(options)
{
    /// <summary>Builds the context for the EF tools; never opens the database.</summary>
    internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<SqliteFilmContext>
    {
        public SqliteFilmContext CreateDbContext(string[] args) => For("Data Source=design.db");
    }

    internal static SqliteFilmContext For(string connectionString) =>
        new(new DbContextOptionsBuilder<SqliteFilmContext>().UseSqlite(connectionString).Options);
}
