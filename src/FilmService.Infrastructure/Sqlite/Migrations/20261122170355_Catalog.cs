using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FilmService.Infrastructure.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Catalog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "changes",
                columns: table => new
                {
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    sort_key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: true),
                    year = table.Column<int>(type: "INTEGER", nullable: true),
                    month = table.Column<int>(type: "INTEGER", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false, comment: "Milliseconds since 1970-01-01, UTC."),
                    by = table.Column<string>(type: "TEXT", nullable: false, comment: "The caller.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_changes", x => x.revision);
                },
                comment: "Every change, in order; without a name, the film was deleted.");

            migrationBuilder.CreateTable(
                name: "films",
                columns: table => new
                {
                    row = table.Column<long>(type: "INTEGER", nullable: false),
                    sort_key = table.Column<byte[]>(type: "BLOB", nullable: false, comment: "Orders ids naturally, bytewise; unique as the id is."),
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    folded_name = table.Column<string>(type: "TEXT", nullable: false, comment: "The name as it is compared and searched."),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    month = table.Column<int>(type: "INTEGER", nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false, comment: "The change that made it so.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_films", x => x.row);
                },
                comment: "The films as they are now.");

            migrationBuilder.CreateTable(
                name: "idempotency",
                columns: table => new
                {
                    caller = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    fingerprint = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    film_revision = table.Column<long>(type: "INTEGER", nullable: true),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false, comment: "Milliseconds since 1970-01-01, UTC.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency", x => new { x.caller, x.key });
                },
                comment: "Outcomes by idempotency key, kept for a day.");

            migrationBuilder.CreateTable(
                name: "revision",
                columns: table => new
                {
                    row = table.Column<int>(type: "INTEGER", nullable: false),
                    epoch = table.Column<string>(type: "TEXT", nullable: false, comment: "Tells this database from every other."),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    last_generated_id = table.Column<long>(type: "INTEGER", nullable: false),
                    fold_version = table.Column<int>(type: "INTEGER", nullable: false, comment: "The rules that folded_name was made by."),
                    removed_through = table.Column<long>(type: "INTEGER", nullable: false, comment: "Up to this change, superseded ones may have been removed.")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_revision", x => x.row);
                },
                comment: "One row: the counter of changes.");

            migrationBuilder.CreateIndex(
                name: "IX_changes_sort_key_revision",
                table: "changes",
                columns: new[] { "sort_key", "revision" });

            migrationBuilder.CreateIndex(
                name: "IX_films_sort_key",
                table: "films",
                column: "sort_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_at",
                table: "idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_film_revision",
                table: "idempotency",
                column: "film_revision");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "changes");

            migrationBuilder.DropTable(
                name: "films");

            migrationBuilder.DropTable(
                name: "idempotency");

            migrationBuilder.DropTable(
                name: "revision");
        }
    }
}
