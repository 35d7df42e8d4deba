namespace FilmService.Infrastructure.Model;

public sealed class WebhookRow
{
    public required string Id { get; set; }

    public required string Url { get; set; }

    public string? Description { get; set; }

    public bool Enabled { get; set; }

    public string? DisabledReason { get; set; }

    public required byte[] ProtectedSecrets { get; set; }

    public required string CreatedBy { get; set; }

    public long CreatedAt { get; set; }

    public required string Epoch { get; set; }

    public long Position { get; set; }

    public string? DeliveryId { get; set; }

    public string? DeliveryEpoch { get; set; }

    public long? DeliveryThrough { get; set; }

    public string? DeliveryReset { get; set; }

    public int Failures { get; set; }

    public long? FailingSince { get; set; }

    public long? NextAttemptAt { get; set; }
}

public sealed class WebhookAttemptRow
{
    public required string WebhookId { get; set; }

    public long Number { get; set; }

    public required string DeliveryId { get; set; }

    public long At { get; set; }

    public int Attempt { get; set; }

    public int? Status { get; set; }

    public long Duration { get; set; }

    public string? First { get; set; }

    public string? Last { get; set; }

    public string? Error { get; set; }
}
