BEGIN TRANSACTION;
ALTER TABLE "users" ADD "id" TEXT NULL DEFAULT '';

ALTER TABLE "api_keys" ADD "owner_id" TEXT NULL;

CREATE TABLE "sessions" (
    -- The logins of browsers.

    -- SHA-256 of the token, in hexadecimal.
    "id" TEXT NOT NULL CONSTRAINT "PK_sessions" PRIMARY KEY,

    "name" TEXT NOT NULL,

    -- Those of an external issuer.
    "scopes" TEXT NULL,

    -- Changes with the user's password.
    "binding" BLOB NOT NULL,

    "created_at" INTEGER NOT NULL,

    "expires_at" INTEGER NOT NULL
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128212620_Sessions', '10.0.14');

COMMIT;
