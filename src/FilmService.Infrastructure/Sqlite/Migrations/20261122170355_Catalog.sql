CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

BEGIN TRANSACTION;
CREATE TABLE "changes" (
    -- Every change, in order; without a name, the film was deleted.

    "revision" INTEGER NOT NULL CONSTRAINT "PK_changes" PRIMARY KEY,

    "sort_key" BLOB NOT NULL,

    "id" TEXT NOT NULL,

    "name" TEXT NULL,

    "year" INTEGER NULL,

    "month" INTEGER NULL,

    -- Milliseconds since 1970-01-01, UTC.
    "at" INTEGER NOT NULL,

    -- The caller.
    "by" TEXT NOT NULL
);

CREATE TABLE "films" (
    -- The films as they are now.

    "row" INTEGER NOT NULL CONSTRAINT "PK_films" PRIMARY KEY,

    -- Orders ids naturally, bytewise; unique as the id is.
    "sort_key" BLOB NOT NULL,

    "id" TEXT NOT NULL,

    "name" TEXT NOT NULL,

    -- The name as it is compared and searched.
    "folded_name" TEXT NOT NULL,

    "year" INTEGER NOT NULL,

    "month" INTEGER NULL,

    -- The change that made it so.
    "revision" INTEGER NOT NULL
);

CREATE TABLE "idempotency" (
    -- Outcomes by idempotency key, kept for a day.

    "caller" TEXT NOT NULL,

    "key" TEXT NOT NULL,

    "fingerprint" BLOB NOT NULL,

    "kind" INTEGER NOT NULL,

    "id" TEXT NOT NULL,

    "film_revision" INTEGER NULL,

    "revision" INTEGER NOT NULL,

    -- Milliseconds since 1970-01-01, UTC.
    "at" INTEGER NOT NULL,
    CONSTRAINT "PK_idempotency" PRIMARY KEY ("caller", "key")
);

CREATE TABLE "revision" (
    -- One row: the counter of changes.

    "row" INTEGER NOT NULL CONSTRAINT "PK_revision" PRIMARY KEY,

    -- Tells this database from every other.
    "epoch" TEXT NOT NULL,

    "number" INTEGER NOT NULL,

    "last_generated_id" INTEGER NOT NULL,

    -- The rules that folded_name was made by.
    "fold_version" INTEGER NOT NULL,

    -- Up to this change, superseded ones may have been removed.
    "removed_through" INTEGER NOT NULL
);

CREATE INDEX "IX_changes_sort_key_revision" ON "changes" ("sort_key", "revision");

CREATE UNIQUE INDEX "IX_films_sort_key" ON "films" ("sort_key");

CREATE INDEX "IX_idempotency_at" ON "idempotency" ("at");

CREATE INDEX "IX_idempotency_film_revision" ON "idempotency" ("film_revision");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261122170355_Catalog', '10.0.14');

COMMIT;
