BEGIN TRANSACTION;
DROP INDEX "IX_changes_sort_key_revision";

ALTER TABLE "changes" ADD "indexed" INTEGER NOT NULL DEFAULT 0;

UPDATE changes SET indexed = 1 WHERE revision <= (SELECT indexed_through FROM revision);

CREATE INDEX "IX_changes_sort_key_revision" ON "changes" ("sort_key", "revision") WHERE indexed = 1;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261124233453_RecentChanges', '10.0.14');

COMMIT;
