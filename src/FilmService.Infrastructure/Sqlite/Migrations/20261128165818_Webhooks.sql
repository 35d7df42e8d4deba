BEGIN TRANSACTION;
CREATE TABLE "webhook_attempts" (
    -- The last attempts at deliveries.

    "webhook_id" TEXT NOT NULL,

    "number" INTEGER NOT NULL,

    "delivery_id" TEXT NOT NULL,

    "at" INTEGER NOT NULL,

    "attempt" INTEGER NOT NULL,

    "status" INTEGER NULL,

    -- Milliseconds.
    "duration" INTEGER NOT NULL,

    "first" TEXT NULL,

    "last" TEXT NULL,

    "error" TEXT NULL,
    CONSTRAINT "PK_webhook_attempts" PRIMARY KEY ("webhook_id", "number")
);

CREATE TABLE "webhooks" (
    -- Subscriptions to the changes.

    "id" TEXT NOT NULL CONSTRAINT "PK_webhooks" PRIMARY KEY,

    "url" TEXT NOT NULL,

    "description" TEXT NULL,

    "enabled" INTEGER NOT NULL,

    "disabled_reason" TEXT NULL,

    -- Encrypted with a key beside the database.
    "protected_secrets" BLOB NOT NULL,

    "created_by" TEXT NOT NULL,

    "created_at" INTEGER NOT NULL,

    "epoch" TEXT NOT NULL,

    -- All changes through this one have been delivered.
    "position" INTEGER NOT NULL,

    -- The delivery that is being sent.
    "delivery_id" TEXT NULL,

    "delivery_epoch" TEXT NULL,

    -- Its last change.
    "delivery_through" INTEGER NULL,

    -- Why the receiver has to start again.
    "delivery_reset" TEXT NULL,

    "failures" INTEGER NOT NULL,

    "failing_since" INTEGER NULL,

    "next_attempt_at" INTEGER NULL
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128165818_Webhooks', '10.0.14');

COMMIT;
