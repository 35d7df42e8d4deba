using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FilmService.Infrastructure.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Restores : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "before",
                table: "idempotency",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "conflicts",
                table: "idempotency",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "before",
                table: "idempotency");

            migrationBuilder.DropColumn(
                name: "conflicts",
                table: "idempotency");
        }
    }
}
