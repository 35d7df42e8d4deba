using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FilmService.Infrastructure.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Finding : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "indexed_through",
                table: "revision",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "created",
                table: "idempotency",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "deleted",
                table: "idempotency",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "skipped",
                table: "idempotency",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "unchanged",
                table: "idempotency",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "updated",
                table: "idempotency",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "film_search",
                columns: table => new
                {
                    row = table.Column<long>(type: "INTEGER", nullable: false),
                    sort_key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    folded_name = table.Column<string>(type: "TEXT", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    month = table.Column<int>(type: "INTEGER", nullable: false, comment: "0 when it is not known."),
                    revision = table.Column<long>(type: "INTEGER", nullable: false),
                    released = table.Column<int>(type: "INTEGER", nullable: false, computedColumnSql: "year * 16 + month", stored: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_film_search", x => x.row);
                },
                comment: "The films again, as they are searched and sorted; brought up to date from the changes.");

            migrationBuilder.CreateIndex(
                name: "IX_film_search_folded_name_sort_key",
                table: "film_search",
                columns: new[] { "folded_name", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "IX_film_search_month_sort_key",
                table: "film_search",
                columns: new[] { "month", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "IX_film_search_released_sort_key",
                table: "film_search",
                columns: new[] { "released", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "IX_film_search_revision",
                table: "film_search",
                column: "revision");

            migrationBuilder.CreateIndex(
                name: "IX_film_search_sort_key",
                table: "film_search",
                column: "sort_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_film_search_year_sort_key",
                table: "film_search",
                columns: new[] { "year", "sort_key" });

            // A word of a folded name is what stands between its spaces, and a table without details finds rows, not places:
            // all that is asked of it. What it finds is checked by the exact rule.
            migrationBuilder.Sql(
                """
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
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE film_words; DROP TABLE film_trigrams;");

            migrationBuilder.DropTable(
                name: "film_search");

            migrationBuilder.DropColumn(
                name: "indexed_through",
                table: "revision");

            migrationBuilder.DropColumn(
                name: "created",
                table: "idempotency");

            migrationBuilder.DropColumn(
                name: "deleted",
                table: "idempotency");

            migrationBuilder.DropColumn(
                name: "skipped",
                table: "idempotency");

            migrationBuilder.DropColumn(
                name: "unchanged",
                table: "idempotency");

            migrationBuilder.DropColumn(
                name: "updated",
                table: "idempotency");
        }
    }
}
