using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FilmService.Infrastructure.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class RunOfDatabase : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "run_id",
                table: "revision",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "run_id",
                table: "revision");
        }
    }
}
