using System.Globalization;
using System.Text.RegularExpressions;
using FilmService.Infrastructure.Sqlite.Projection;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Checking;

/// <summary>Checks the pages of a file, and the tables and indexes for agreement, as SQLite does.</summary>
internal sealed partial class PageCheck(CheckedFile file, FoundProblems problems)
{
    private const int MaxPageFaults = 100;

    // SQLite ends the check of the whole file at some kinds of damage, so the tables are then checked one by one.
    public void Run()
    {
        try
        {
            AddPageFaults($"{MaxPageFaults}");
        }
        catch (SqliteException)
        {
            problems.Derived.Clear();
            problems.Other.Clear();
            file.Rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%USING fts5vocab%' ORDER BY rowid", row => row.GetString(0)).ForEach(CheckPagesOf);
        }
    }

    private void CheckPagesOf(string table)
    {
        try
        {
            AddPageFaults($"'{table}'");
        }
        catch (SqliteException exception)
        {
            // The only table of the others that has an index to be rebuilt.
            var isDerived = file.Count($"SELECT count(*) FROM sqlite_schema WHERE name = '{table}' AND {DerivedTables.Condition}") > 0 || (table == "changes" && IsReadable(table));
            problems.Add(isDerived, $"{table} or one of its indexes is damaged: {exception.Message}");
        }
    }

    private bool IsReadable(string table)
    {
        try
        {
            return file.Count($"SELECT count(*) FROM {table} NOT INDEXED WHERE id <> '' AND by <> ''") >= 0;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private void AddPageFaults(string argument)
    {
        foreach (var fault in file.Rows($"PRAGMA integrity_check({argument})", row => row.GetString(0)).Where(fault => fault != "ok").SelectMany(fault => fault.Split('\n')))
        {
            AddPageFault(fault);
        }
    }

    // After a rebuild, the pages of the damaged tables are unused, which harms nobody.
    private void AddPageFault(string fault)
    {
        if (fault.StartsWith("***", StringComparison.Ordinal) || UnusedPage.IsMatch(fault))
        {
            return;
        }

        var (name, isDerived) = OwnerOf(fault);
        problems.Add(isDerived, name is null ? $"The file is damaged: {fault}" : $"{name} is damaged: {fault}");
    }

    // A fault names a tree by its first page, an index by its name, or a full-text table.
    private (string? Name, bool IsDerived) OwnerOf(string fault)
    {
        var root = Tree.Match(fault) is { Success: true } tree ? long.Parse(tree.Groups[1].Value, CultureInfo.InvariantCulture) : -1;
        var owners = file.Rows(
            $"SELECT name, {DerivedTables.Condition}, rootpage FROM sqlite_schema ORDER BY length(name) DESC",
            row => (Name: row.GetString(0), IsDerived: row.GetInt64(1) != 0, Root: row.IsDBNull(2) ? 0 : row.GetInt64(2))).ToList();
        var owner = root > 0 ? owners.Find(owner => owner.Root == root) : owners.Find(owner => fault.Contains(owner.Name, StringComparison.Ordinal));
        return (owner.Name, owner.IsDerived);
    }

    [GeneratedRegex(@"^Page \d+(?: is|:) never used$")]
    private static partial Regex UnusedPage { get; }

    [GeneratedRegex(@"^Tree (\d+) ")]
    private static partial Regex Tree { get; }
}
