BEGIN TRANSACTION;
ALTER TABLE "revision" ADD "run_id" TEXT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128211311_RunOfDatabase', '10.0.14');

COMMIT;
