BEGIN TRANSACTION;
CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL CONSTRAINT "PK_api_keys" PRIMARY KEY,

    "name" TEXT NOT NULL,

    "scopes" TEXT NOT NULL,

    -- SHA-256 of the key.
    "hash" BLOB NOT NULL,

    "created_by" TEXT NOT NULL,

    "created_at" INTEGER NOT NULL,

    "expires_at" INTEGER NULL,

    -- To the hour.
    "last_used_at" INTEGER NULL
);

CREATE TABLE "oauth_clients" (
    "client_id" TEXT NOT NULL CONSTRAINT "PK_oauth_clients" PRIMARY KEY,

    "name" TEXT NOT NULL,

    "scopes" TEXT NOT NULL,

    -- SHA-256 of the secret.
    "secret_hash" BLOB NOT NULL,

    "created_by" TEXT NOT NULL,

    "created_at" INTEGER NOT NULL
);

CREATE TABLE "signing_keys" (
    -- The keys that sign access tokens.

    "kid" TEXT NOT NULL CONSTRAINT "PK_signing_keys" PRIMARY KEY,

    "public_key" BLOB NOT NULL,

    -- Encrypted with a key beside the database.
    "protected_private_key" BLOB NOT NULL,

    "signs_from" INTEGER NOT NULL
);

CREATE TABLE "users" (
    -- The users that were made over HTTP.

    "name" TEXT NOT NULL CONSTRAINT "PK_users" PRIMARY KEY,
    "password_hash" TEXT NOT NULL,
    "scopes" TEXT NOT NULL
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261122170650_Access', '10.0.14');

COMMIT;
