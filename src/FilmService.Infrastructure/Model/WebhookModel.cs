using Microsoft.EntityFrameworkCore;

namespace FilmService.Infrastructure.Model;

/// <summary>The tables of webhooks. Times are milliseconds since 1970-01-01, UTC.</summary>
internal static class WebhookModel
{
    public static void AddWebhooks(this ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<WebhookRow>(webhook =>
        {
            webhook.ToTable("webhooks", table => table.HasComment("Subscriptions to the changes."));
            webhook.HasKey(row => row.Id);
            webhook.Property(row => row.Id).HasColumnName("id");
            webhook.Property(row => row.Url).HasColumnName("url");
            webhook.Property(row => row.Description).HasColumnName("description");
            webhook.Property(row => row.Enabled).HasColumnName("enabled");
            webhook.Property(row => row.DisabledReason).HasColumnName("disabled_reason");
            webhook.Property(row => row.ProtectedSecrets).HasColumnName("protected_secrets").HasComment("Encrypted with a key beside the database.");
            webhook.Property(row => row.CreatedBy).HasColumnName("created_by");
            webhook.Property(row => row.CreatedAt).HasColumnName("created_at");
            webhook.Property(row => row.Epoch).HasColumnName("epoch");
            webhook.Property(row => row.Position).HasColumnName("position").HasComment("All changes through this one have been delivered.");
            webhook.Property(row => row.DeliveryId).HasColumnName("delivery_id").HasComment("The delivery that is being sent.");
            webhook.Property(row => row.DeliveryEpoch).HasColumnName("delivery_epoch");
            webhook.Property(row => row.DeliveryThrough).HasColumnName("delivery_through").HasComment("Its last change.");
            webhook.Property(row => row.DeliveryReset).HasColumnName("delivery_reset").HasComment("Why the receiver has to start again.");
            webhook.Property(row => row.Failures).HasColumnName("failures");
            webhook.Property(row => row.FailingSince).HasColumnName("failing_since");
            webhook.Property(row => row.NextAttemptAt).HasColumnName("next_attempt_at");
        });

        modelBuilder.Entity<WebhookAttemptRow>(attempt =>
        {
            attempt.ToTable("webhook_attempts", table => table.HasComment("The last attempts at deliveries."));
            attempt.HasKey(row => new { row.WebhookId, row.Number });
            attempt.Property(row => row.WebhookId).HasColumnName("webhook_id");
            attempt.Property(row => row.Number).HasColumnName("number");
            attempt.Property(row => row.DeliveryId).HasColumnName("delivery_id");
            attempt.Property(row => row.At).HasColumnName("at");
            attempt.Property(row => row.Attempt).HasColumnName("attempt");
            attempt.Property(row => row.Status).HasColumnName("status");
            attempt.Property(row => row.Duration).HasColumnName("duration").HasComment("Milliseconds.");
            attempt.Property(row => row.First).HasColumnName("first");
            attempt.Property(row => row.Last).HasColumnName("last");
            attempt.Property(row => row.Error).HasColumnName("error");
        });
    }
}
