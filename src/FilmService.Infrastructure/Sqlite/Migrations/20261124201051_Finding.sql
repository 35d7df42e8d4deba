BEGIN TRANSACTION;
ALTER TABLE "revision" ADD "indexed_through" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "idempotency" ADD "created" INTEGER NULL;

ALTER TABLE "idempotency" ADD "deleted" INTEGER NULL;

ALTER TABLE "idempotency" ADD "skipped" INTEGER NULL;

ALTER TABLE "idempotency" ADD "unchanged" INTEGER NULL;

ALTER TABLE "idempotency" ADD "updated" INTEGER NULL;

CREATE TABLE "film_search" (
    -- The films again, as they are searched and sorted; brought up to date from the changes.

    "row" INTEGER NOT NULL CONSTRAINT "PK_film_search" PRIMARY KEY,

    "sort_key" BLOB NOT NULL,

    "id" TEXT NOT NULL,

    "name" TEXT NOT NULL,

    "folded_name" TEXT NOT NULL,

    "year" INTEGER NOT NULL,

    -- 0 when it is not known.
    "month" INTEGER NOT NULL,

    "revision" INTEGER NOT NULL,

    "released" AS (year * 16 + month)
);

CREATE INDEX "IX_film_search_folded_name_sort_key" ON "film_search" ("folded_name", "sort_key");

CREATE INDEX "IX_film_search_month_sort_key" ON "film_search" ("month", "sort_key");

CREATE INDEX "IX_film_search_released_sort_key" ON "film_search" ("released", "sort_key");

CREATE INDEX "IX_film_search_revision" ON "film_search" ("revision");

CREATE UNIQUE INDEX "IX_film_search_sort_key" ON "film_search" ("sort_key");

CREATE INDEX "IX_film_search_year_sort_key" ON "film_search" ("year", "sort_key");

CREATE VIRTUAL TABLE film_words USING fts5(
    folded_name, content='film_search', content_rowid='row', detail=none, columnsize=0,
    tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'");
CREATE VIRTUAL TABLE film_trigrams USING fts5(
    folded_name, content='film_search', content_rowid='row', detail=none, columnsize=0,
    tokenize='trigram case_sensitive 1');
CREATE TRIGGER film_search_added AFTER INSERT ON film_search BEGIN
    INSERT INTO film_words (rowid, folded_name) VALUES (new.row, new.folded_name);
    INSERT INTO film_trigrams (rowid, folded_name) VALUES (new.row, new.folded_name);
END;
CREATE TRIGGER film_search_removed AFTER DELETE ON film_search BEGIN
    INSERT INTO film_words (film_words, rowid, folded_name) VALUES ('delete', old.row, old.folded_name);
    INSERT INTO film_trigrams (film_trigrams, rowid, folded_name) VALUES ('delete', old.row, old.folded_name);
END;
CREATE TRIGGER film_search_renamed AFTER UPDATE OF folded_name ON film_search WHEN old.folded_name <> new.folded_name BEGIN
    INSERT INTO film_words (film_words, rowid, folded_name) VALUES ('delete', old.row, old.folded_name);
    INSERT INTO film_words (rowid, folded_name) VALUES (new.row, new.folded_name);
    INSERT INTO film_trigrams (film_trigrams, rowid, folded_name) VALUES ('delete', old.row, old.folded_name);
    INSERT INTO film_trigrams (rowid, folded_name) VALUES (new.row, new.folded_name);
END;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261124201051_Finding', '10.0.14');

COMMIT;
