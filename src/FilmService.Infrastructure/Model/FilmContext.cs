using FilmService.Domain.Films;
using Microsoft.EntityFrameworkCore;

namespace FilmService.Infrastructure.Model;

/// <summary>
/// The model of the catalogue's tables, from which the migrations are generated. Each kind of database has a derived context that
/// adds only what differs.
/// </summary>
public abstract class FilmContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddAccess();
        modelBuilder.AddWebhooks();
        modelBuilder.AddAudit();
        modelBuilder.Entity<FilmRow>(film =>
        {
            film.ToTable("films", table => table.HasComment("The films as they are now; a projection of the changes."));
            film.HasKey(row => row.Row);

            // SQLite numbers the rows itself; what EF Core calls generated would be AUTOINCREMENT, which writes to a second
            // table.
            film.Property(row => row.Row).HasColumnName("row").ValueGeneratedNever();
            film.Property(row => row.SortKey).HasColumnName("sort_key").HasComment("Orders ids naturally, bytewise; unique as the id is.");
            film.Property(row => row.Id).HasColumnName("id").IsRequired();
            film.HasFields();
            film.Property(row => row.NormalizedName).HasColumnName("normalized_name").HasComment("The name as it is compared and searched.");
            film.Property(row => row.Revision).HasColumnName("revision").HasComment("The change that made it so.");
            film.Property(row => row.Released).HasColumnName("released").HasComputedColumnSql(ComputedColumns.Released, stored: false);

            // Most names need none: words that an elision hides, each followed by a space, then U+0001 and the letters.
            film.Property(row => row.SearchExtra).HasColumnName("search_extra");
            film.Property(row => row.NameLength).HasColumnName("name_length").HasComputedColumnSql(ComputedColumns.NameLength, stored: false);
            film.Property(row => row.SearchWords).HasColumnName("search_words").HasComputedColumnSql(ComputedColumns.SearchWords, stored: false);
            film.Property(row => row.Letters).HasColumnName("letters").HasComputedColumnSql(ComputedColumns.Letters, stored: false);
            film.HasIndex(row => row.SortKey).IsUnique();
            film.HasIndex(row => new { row.NormalizedName, row.SortKey });
            film.HasIndex(FilmFields.Year.Name, nameof(FilmRow.SortKey));
            film.HasIndex(row => new { row.Released, row.SortKey });
            film.HasIndex(row => row.Revision);
            film.HasIndex(row => new { row.NameLength, row.Letters });
        });

        modelBuilder.Entity<ReleaseCountRow>(count =>
        {
            count.ToTable("release_counts", table => table.HasComment("How many films were released in each month; a projection of the changes."));
            count.HasKey(row => row.Released);
            count.Property(row => row.Released).HasColumnName("released").ValueGeneratedNever();
            count.Property(row => row.Films).HasColumnName("films");
        });

        modelBuilder.Entity<ChangeRow>(change =>
        {
            change.ToTable("changes", table => table.HasComment("Every change, in order; without a name, the film was deleted."));
            change.HasKey(row => row.Revision);
            change.Property(row => row.Revision).HasColumnName("revision").ValueGeneratedNever();
            change.Property(row => row.SortKey).HasColumnName("sort_key");
            change.Property(row => row.Id).HasColumnName("id").IsRequired();
            change.HasOptionalFields();
            change.Property(row => row.At).HasColumnName("at").HasComment("Milliseconds since 1970-01-01, UTC.");
            change.Property(row => row.By).HasColumnName("by").HasComment("The caller.");

            // Projected with the films, because each write would change another page of it.
            change.Property(row => row.IsIndexed).HasColumnName("indexed").HasDefaultValue(false);
            change.HasIndex(row => new { row.SortKey, row.Revision }).HasFilter("indexed = 1");
        });

        modelBuilder.Entity<RevisionRow>(revision =>
        {
            revision.ToTable("revision", table => table.HasComment("One row: the counter of changes."));
            revision.HasKey(row => row.Row);
            revision.Property(row => row.Row).HasColumnName("row").ValueGeneratedNever();
            revision.Property(row => row.Epoch).HasColumnName("epoch").HasComment("Tells this database from every other.");
            revision.Property(row => row.Number).HasColumnName("number");
            revision.Property(row => row.LastGeneratedId).HasColumnName("last_generated_id");
            revision.Property(row => row.NormalizationVersion).HasColumnName("normalization_version").HasComment("The rules that made normalized_name.");
            revision.Property(row => row.RemovedThrough).HasColumnName("removed_through").HasComment("Up to this change, superseded ones may have been removed.");

            // A comment on a column added later would make the script copy the whole table.
            revision.Property(row => row.Checkpoint).HasColumnName("checkpoint").HasDefaultValue(0L);
            revision.Property(row => row.RunId).HasColumnName("run_id");
        });

        modelBuilder.Entity<IdempotencyRow>(idempotency =>
        {
            idempotency.ToTable("idempotency", table => table.HasComment("Outcomes by idempotency key, kept for a day."));
            idempotency.HasKey(row => new { row.Caller, row.Key });
            idempotency.Property(row => row.Caller).HasColumnName("caller");
            idempotency.Property(row => row.Key).HasColumnName("key");
            idempotency.Property(row => row.Fingerprint).HasColumnName("fingerprint");
            idempotency.Property(row => row.Kind).HasColumnName("kind");
            idempotency.Property(row => row.Id).HasColumnName("id").IsRequired();
            idempotency.Property(row => row.FilmRevision).HasColumnName("film_revision");
            idempotency.Property(row => row.Revision).HasColumnName("revision");
            idempotency.Property(row => row.At).HasColumnName("at").HasComment("Milliseconds since 1970-01-01, UTC.");
            idempotency.Property(row => row.Created).HasColumnName("created");
            idempotency.Property(row => row.Updated).HasColumnName("updated");
            idempotency.Property(row => row.Unchanged).HasColumnName("unchanged");
            idempotency.Property(row => row.Deleted).HasColumnName("deleted");
            idempotency.Property(row => row.Skipped).HasColumnName("skipped");
            idempotency.Property(row => row.Before).HasColumnName("before");
            idempotency.Property(row => row.Conflicts).HasColumnName("conflicts");
            idempotency.HasIndex(row => row.At);
            idempotency.HasIndex(row => row.FilmRevision);
        });
    }
}
