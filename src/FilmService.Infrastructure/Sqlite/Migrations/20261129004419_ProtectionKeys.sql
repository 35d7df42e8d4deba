BEGIN TRANSACTION;
CREATE TABLE "protection_keys" (
    -- The keys that protect logins at an external issuer.

    "name" TEXT NOT NULL CONSTRAINT "PK_protection_keys" PRIMARY KEY,

    -- Encrypted with a key beside the database.
    "protected_key" BLOB NOT NULL
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261129004419_ProtectionKeys', '10.0.14');

COMMIT;
