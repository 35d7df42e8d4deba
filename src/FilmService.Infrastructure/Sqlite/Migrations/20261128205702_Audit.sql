BEGIN TRANSACTION;
CREATE TABLE "audit" (
    -- Who did what from where.

    "id" INTEGER NOT NULL CONSTRAINT "PK_audit" PRIMARY KEY,

    -- Milliseconds since 1970-01-01, UTC.
    "at" INTEGER NOT NULL,

    -- The caller.
    "by" TEXT NULL,

    -- How the caller logged in.
    "method" TEXT NULL,

    "address" TEXT NULL,

    "action" TEXT NOT NULL,

    "target" TEXT NULL,

    "detail" TEXT NULL,

    "count" INTEGER NULL
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128205702_Audit', '10.0.14');

COMMIT;
