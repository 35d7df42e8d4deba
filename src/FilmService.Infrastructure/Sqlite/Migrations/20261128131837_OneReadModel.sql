BEGIN TRANSACTION;
DROP TRIGGER film_search_added;
DROP TRIGGER film_search_removed;
DROP TRIGGER film_search_renamed;

DROP TABLE "films";

ALTER TABLE "film_search" RENAME TO "films";

ALTER TABLE "films" RENAME COLUMN "folded_name" TO "normalized_name";

ALTER TABLE "revision" RENAME COLUMN "fold_version" TO "normalization_version";

ALTER TABLE "revision" RENAME COLUMN "indexed_through" TO "checkpoint";

PRAGMA writable_schema=ON;
UPDATE sqlite_schema SET name = replace(replace(name, 'film_search', 'films'), 'folded_name', 'normalized_name'),
    sql = replace(replace(sql, 'film_search', 'films'), 'folded_name', 'normalized_name')
WHERE type = 'index' AND tbl_name = 'films';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'film_search', 'films'), 'folded_name', 'normalized_name')
WHERE name IN ('film_words', 'film_trigrams');
UPDATE sqlite_schema SET sql = replace(replace(sql, 'PK_film_search', 'PK_films'),
    'The films again, as they are searched and sorted; brought up to date from the changes.', 'The films as they are now; a projection of the changes.')
WHERE name = 'films';
UPDATE sqlite_schema SET sql = replace(sql, 'The rules that folded_name was made by.', 'The rules that made normalized_name.')
WHERE name = 'revision';
PRAGMA writable_schema=RESET;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128131837_OneReadModel', '10.0.14');

COMMIT;
