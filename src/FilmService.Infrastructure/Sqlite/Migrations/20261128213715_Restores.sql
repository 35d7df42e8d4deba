BEGIN TRANSACTION;
ALTER TABLE "idempotency" ADD "before" INTEGER NULL;

ALTER TABLE "idempotency" ADD "conflicts" INTEGER NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128213715_Restores', '10.0.14');

COMMIT;
