using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FilmService.Infrastructure.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class NamesAsTyped : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "search_extra",
                table: "films",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "letters",
                table: "films",
                type: "TEXT",
                nullable: false,
                computedColumnSql: "ifnull(substr(search_extra, instr(search_extra, char(1)) + 1), replace(normalized_name, ' ', ''))",
                stored: false);

            migrationBuilder.AddColumn<int>(
                name: "name_length",
                table: "films",
                type: "INTEGER",
                nullable: false,
                computedColumnSql: "length(normalized_name)",
                stored: false);

            migrationBuilder.AddColumn<string>(
                name: "search_words",
                table: "films",
                type: "TEXT",
                nullable: false,
                computedColumnSql: "' ' || normalized_name || ' ' || ifnull(search_extra, '')",
                stored: false);

            migrationBuilder.CreateTable(
                name: "release_counts",
                columns: table => new
                {
                    released = table.Column<int>(type: "INTEGER", nullable: false),
                    films = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_release_counts", x => x.released);
                },
                comment: "How many films were released in each month; a projection of the changes.");

            migrationBuilder.CreateIndex(
                name: "IX_films_name_length_letters",
                table: "films",
                columns: new[] { "name_length", "letters" });

            // The rules of normalisation have changed too, so film_words is filled when the names are normalised again.
            migrationBuilder.Sql(
                """
                INSERT INTO release_counts (released, films) SELECT released, count(*) FROM films GROUP BY released;
                DROP TABLE film_words;
                CREATE VIRTUAL TABLE film_words USING fts5(
                    tokens, content='', detail=none, columnsize=0,
                    tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'");
                CREATE VIRTUAL TABLE film_word_uses USING fts5vocab('film_words', 'instance');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Restore a backup from before the upgrade.");
    }
}
