using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Metadata;

namespace FilmService.Infrastructure.Persistence.Sqlite;

/// <summary>The catalogue on SQLite; owns the migrations of that database.</summary>
public sealed class SqliteFilmContext(DbContextOptions<SqliteFilmContext> options) : FilmContext(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // A row number is never told to anybody: AUTOINCREMENT would write a second table with each film for nothing.
        modelBuilder.Entity<FilmRow>().Property(film => film.Row).Metadata
            .SetValueGenerationStrategy(SqliteValueGenerationStrategy.None);
    }

    /// <summary>Builds the context for the EF tools; never opens the database.</summary>
    internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<SqliteFilmContext>
    {
        public SqliteFilmContext CreateDbContext(string[] args) => For("Data Source=design.db");
    }

    /// <summary>A context for one connection string.</summary>
    internal static SqliteFilmContext For(string connectionString) =>
        new(new DbContextOptionsBuilder<SqliteFilmContext>().UseSqlite(connectionString).Options);
}
