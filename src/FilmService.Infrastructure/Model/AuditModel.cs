using Microsoft.EntityFrameworkCore;

namespace FilmService.Infrastructure.Model;

/// <summary>The table of the audit log.</summary>
internal static class AuditModel
{
    public static void AddAudit(this ModelBuilder modelBuilder) => modelBuilder.Entity<AuditRow>(audit =>
    {
        audit.ToTable("audit", table => table.HasComment("Who did what from where."));
        audit.HasKey(row => row.Id);
        audit.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
        audit.Property(row => row.At).HasColumnName("at").HasComment("Milliseconds since 1970-01-01, UTC.");
        audit.Property(row => row.By).HasColumnName("by").HasComment("The caller.");
        audit.Property(row => row.Method).HasColumnName("method").HasComment("How the caller logged in.");
        audit.Property(row => row.Address).HasColumnName("address");
        audit.Property(row => row.Action).HasColumnName("action");
        audit.Property(row => row.Target).HasColumnName("target");
        audit.Property(row => row.Detail).HasColumnName("detail");
        audit.Property(row => row.Count).HasColumnName("count");
    });
}

public sealed class AuditRow
{
    public long Id { get; set; }

    public long At { get; set; }

    public string? By { get; set; }

    public string? Method { get; set; }

    public string? Address { get; set; }

    public required string Action { get; set; }

    public string? Target { get; set; }

    public string? Detail { get; set; }

    public long? Count { get; set; }
}
