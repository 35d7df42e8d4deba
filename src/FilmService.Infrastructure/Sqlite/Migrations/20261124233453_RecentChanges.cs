using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FilmService.Infrastructure.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class RecentChanges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_changes_sort_key_revision",
                table: "changes");

            migrationBuilder.AddColumn<bool>(
                name: "indexed",
                table: "changes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.Sql("UPDATE changes SET indexed = 1 WHERE revision <= (SELECT indexed_through FROM revision);");

            migrationBuilder.CreateIndex(
                name: "IX_changes_sort_key_revision",
                table: "changes",
                columns: new[] { "sort_key", "revision" },
                filter: "indexed = 1");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_changes_sort_key_revision",
                table: "changes");

            migrationBuilder.DropColumn(
                name: "indexed",
                table: "changes");

            migrationBuilder.CreateIndex(
                name: "IX_changes_sort_key_revision",
                table: "changes",
                columns: new[] { "sort_key", "revision" });
        }
    }
}
