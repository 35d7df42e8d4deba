namespace FilmService.Domain.Audit;

/// <summary>What can be done, as the audit log names it.</summary>
public static class AuditActions
{
    public const string LogIn = "login";
    public const string LogOut = "logout";
    public const string FailedLogIn = "login.failed";
    public const string UserSaved = "user.saved";
    public const string UserDeleted = "user.deleted";
    public const string PasswordChanged = "user.password-changed";
    public const string ApiKeyCreated = "api-key.created";
    public const string ApiKeyDeleted = "api-key.deleted";
    public const string ClientCreated = "client.created";
    public const string ClientDeleted = "client.deleted";
    public const string WebhookCreated = "webhook.created";
    public const string WebhookChanged = "webhook.changed";
    public const string WebhookDeleted = "webhook.deleted";
    public const string WebhookSecretRotated = "webhook.secret-rotated";
    public const string WebhookReplayed = "webhook.replayed";
    public const string BackupCreated = "backup.created";
    public const string BackupDeleted = "backup.deleted";
    public const string BackupDownloaded = "backup.downloaded";
    public const string BackupRestored = "backup.restored";
    public const string EpochRenewed = "epoch.renewed";
    public const string Reindexed = "films.reindexed";
    public const string Import = "import";
    public const string FilmsRestored = "films.restored";
}
