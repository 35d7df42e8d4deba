using System.Data.Common;
using FilmService.Domain.Films;
using FilmService.Domain.Webhooks;
using FilmService.Infrastructure.Statements;

namespace FilmService.Infrastructure.Webhooks;

/// <summary>The tables <c>webhooks</c> and <c>webhook_attempts</c>.</summary>
internal static class WebhookTable
{
    private const string Columns =
        "id, url, description, enabled, disabled_reason, protected_secrets, created_by, created_at, epoch, position, "
        + "delivery_id, delivery_epoch, delivery_through, delivery_reset, failures, failing_since, next_attempt_at";

    private static readonly string Replacements = string.Join(", ", Columns.Split(", ").Skip(1).Select(column => $"{column} = excluded.{column}"));

    public static List<Webhook> ReadWebhooks(this DbConnection connection) => connection.Read($"SELECT {Columns} FROM webhooks", ReadWebhook);

    public static void Save(this DbConnection connection, Webhook webhook) => connection.Run(
        $"""
        INSERT INTO webhooks ({Columns}) VALUES (@1, @2, @3, @4, @5, @6, @7, @8, @9, @10, @11, @12, @13, @14, @15, @16, @17)
        ON CONFLICT (id) DO UPDATE SET {Replacements}
        """,
        webhook.Id, webhook.Url, webhook.Description, webhook.Enabled, webhook.DisabledReason, webhook.ProtectedSecrets,
        webhook.CreatedBy, webhook.CreatedAt.ToUnixTimeMilliseconds(), webhook.Position.Epoch, webhook.Position.Number,
        webhook.Pending?.Id, webhook.Pending?.Through.Epoch, webhook.Pending?.Through.Number, webhook.Pending?.Reset,
        webhook.Failures, webhook.FailingSince?.ToUnixTimeMilliseconds(), webhook.NextAttemptAt?.ToUnixTimeMilliseconds());

    public static void Remove(this DbConnection connection, Webhook webhook)
    {
        connection.Run("DELETE FROM webhooks WHERE id = @1", webhook.Id);
        connection.Run("DELETE FROM webhook_attempts WHERE webhook_id = @1", webhook.Id);
    }

    /// <summary>Adds an attempt, and removes those that are no longer kept.</summary>
    public static void Add(this DbConnection connection, Webhook webhook, WebhookAttempt attempt)
    {
        connection.Run(
            """
            INSERT INTO webhook_attempts (webhook_id, number, delivery_id, at, attempt, status, duration, first, last, error)
            VALUES (@1, (SELECT coalesce(max(number), 0) + 1 FROM webhook_attempts WHERE webhook_id = @1), @2, @3, @4, @5, @6, @7, @8, @9)
            """,
            webhook.Id, attempt.DeliveryId, attempt.At.ToUnixTimeMilliseconds(), attempt.Number, attempt.Status,
            (long)attempt.Duration.TotalMilliseconds, attempt.First?.ToString(), attempt.Last?.ToString(), attempt.Error);
        connection.Run(
            $"""
            DELETE FROM webhook_attempts WHERE webhook_id = @1
                AND number <= (SELECT max(number) FROM webhook_attempts WHERE webhook_id = @1) - {WebhookAttempt.MaxKept}
            """,
            webhook.Id);
    }

    /// <summary>The attempts, newest first.</summary>
    public static List<WebhookAttempt> ReadAttempts(this DbConnection connection, Webhook webhook) => connection.Read(
        "SELECT delivery_id, at, attempt, status, duration, first, last, error FROM webhook_attempts WHERE webhook_id = @1 ORDER BY number DESC",
        ReadAttempt, webhook.Id);

    public static Dictionary<string, WebhookAttempt> ReadNewestAttempts(this DbConnection connection) => connection.Read(
        """
        SELECT newest.delivery_id, at, attempt, status, duration, first, last, error, id
        FROM webhooks JOIN webhook_attempts newest ON webhook_id = id AND number = (SELECT max(number) FROM webhook_attempts WHERE webhook_id = id)
        """,
        row => (Id: row.GetString(8), Attempt: ReadAttempt(row))).ToDictionary(newest => newest.Id, newest => newest.Attempt);

    private static Webhook ReadWebhook(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Url = row.GetString(1),
        Description = row.Text(2),
        Enabled = row.GetBoolean(3),
        DisabledReason = row.Text(4),
        ProtectedSecrets = row.GetFieldValue<byte[]>(5),
        CreatedBy = row.GetString(6),
        CreatedAt = row.Time(7)!.Value,
        Position = new Revision(row.GetString(8), row.GetInt64(9)),
        Pending = row.Text(10) is { } id ? new WebhookDelivery(id, new Revision(row.GetString(11), row.GetInt64(12)), row.Text(13)) : null,
        Failures = row.GetInt32(14),
        FailingSince = row.Time(15),
        NextAttemptAt = row.Time(16),
    };

    private static WebhookAttempt ReadAttempt(DbDataReader row) => new(
        row.GetString(0), row.Time(1)!.Value, row.GetInt32(2), row.IsDBNull(3) ? null : row.GetInt32(3), TimeSpan.FromMilliseconds(row.GetInt64(4)),
        row.Revision(5), row.Revision(6), row.Text(7));

    private static Revision? Revision(this DbDataReader row, int column) => row.Text(column) is { } text ? Domain.Films.Revision.Parse(text) : null;
}
