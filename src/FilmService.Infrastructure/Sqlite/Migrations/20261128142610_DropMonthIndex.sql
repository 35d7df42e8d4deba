BEGIN TRANSACTION;
DROP INDEX "IX_films_month_sort_key";

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128142610_DropMonthIndex', '10.0.14');

COMMIT;
