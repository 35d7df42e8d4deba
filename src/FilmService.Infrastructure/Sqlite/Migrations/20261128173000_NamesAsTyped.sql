BEGIN TRANSACTION;
ALTER TABLE "films" ADD "search_extra" TEXT NULL;

ALTER TABLE "films" ADD "letters" AS (ifnull(substr(search_extra, instr(search_extra, char(1)) + 1), replace(normalized_name, ' ', '')));

ALTER TABLE "films" ADD "name_length" AS (length(normalized_name));

ALTER TABLE "films" ADD "search_words" AS (' ' || normalized_name || ' ' || ifnull(search_extra, ''));

CREATE TABLE "release_counts" (
    -- How many films were released in each month; a projection of the changes.

    "released" INTEGER NOT NULL CONSTRAINT "PK_release_counts" PRIMARY KEY,
    "films" INTEGER NOT NULL
);

CREATE INDEX "IX_films_name_length_letters" ON "films" ("name_length", "letters");

INSERT INTO release_counts (released, films) SELECT released, count(*) FROM films GROUP BY released;
DROP TABLE film_words;
CREATE VIRTUAL TABLE film_words USING fts5(
    tokens, content='', detail=none, columnsize=0,
    tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'");
CREATE VIRTUAL TABLE film_word_uses USING fts5vocab('film_words', 'instance');

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128173000_NamesAsTyped', '10.0.14');

COMMIT;
