using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FilmService.Infrastructure.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class OneReadModel : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A statement with a trigger that writes to other tables keeps a journal of its own, for each row: that cost four times
            // what the row and the full-text tables cost. FilmProjection writes to them instead.
            migrationBuilder.Sql(
                """
                DROP TRIGGER film_search_added;
                DROP TRIGGER film_search_removed;
                DROP TRIGGER film_search_renamed;
                """);

            migrationBuilder.DropTable(
                name: "films");

            // film_search has the same films as films, in one transaction with them, and already has the indexes.
            migrationBuilder.RenameTable(
                name: "film_search",
                newName: "films");

            migrationBuilder.RenameColumn(
                name: "folded_name",
                table: "films",
                newName: "normalized_name");

            migrationBuilder.RenameColumn(
                name: "fold_version",
                table: "revision",
                newName: "normalization_version");

            migrationBuilder.RenameColumn(
                name: "indexed_through",
                table: "revision",
                newName: "checkpoint");

            // No ALTER renames an index or tells a full-text table where its content is; building them anew takes a minute for a
            // million films. None of this changes what is on the disk, so the schema is edited as
            // https://sqlite.org/lang_altertable.html#making_other_kinds_of_table_schema_changes shows.
            migrationBuilder.Sql(
                """
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
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            throw new NotSupportedException("Restore a backup from before the upgrade.");
    }
}
