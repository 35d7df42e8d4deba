using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Infrastructure.Sqlite.Native;
using FilmService.Infrastructure.Sqlite.Search;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Tests.Sqlite.Search;

/// <summary>Checks the query plans: no single condition or sort key reads more films than the page contains.</summary>
public sealed class QueryPlanTests : IDisposable
{
    private static readonly FilmPage Page = new(20);

    private readonly CatalogFolder _folder = new();
    private SqliteConnection _connection = null!;

    [SetUp]
    public void Connect()
    {
        _folder.Make();
        _connection = _folder.Connect();
    }

    private static IEnumerable<TestCaseData> Orders =>
        from key in Enum.GetValues<SortKey>().Where(key => key is not SortKey.Relevance)
        from isDown in new[] { false, true }
        from isFirst in new[] { true, false }
        select new TestCaseData(new FilmOrder(new SortTerm(key, isDown)), isFirst).SetArgDisplayNames($"{key}", isDown ? "descending" : "ascending", isFirst ? "first" : "later");

    [TestCaseSource(nameof(Orders))]
    public void Walk_OneSortKey_FollowsItsIndexWithoutSorting(FilmOrder order, bool isFirst)
    {
        var film = new Film(FilmId.Generated(7), new FilmDetails("Up", 2009, Month.May), new Revision("k3f9", 7));
        var query = new FilmQuery(FilmFilter.None, order, isFirst ? Page : Page with { After = order.PositionOf(film, null) });

        var plan = Plan(FilmStatements.IndexScan(query));

        AssertNoFilmIsReadInVain(plan);
        Assert.That(query.IsPlainPage, Is.True);
        if (!isFirst)
        {
            Assert.That(plan.Where(step => step.Contains("USING INDEX", StringComparison.Ordinal)), Has.All.StartsWith("SEARCH"), "It begins at the page.");
        }
    }

    [Test]
    public void Walk_SeveralSortKeys_MaySortManyFilms()
    {
        FilmOrder[] orders = [new(new SortTerm(SortKey.Year), new SortTerm(SortKey.Id, true)), new(new SortTerm(SortKey.Year, true), new SortTerm(SortKey.Name))];
        foreach (var query in orders.Select(order => new FilmQuery(FilmFilter.None, order, Page)))
        {
            Assert.That(Plan(FilmStatements.IndexScan(query)), Has.Some.Contains("TEMP B-TREE"));
            Assert.That(query.IsPlainPage, Is.False);
        }
    }

    private static IEnumerable<TestCaseData> Conditions =>
    [
        Case("name", FilmFilter.None with { Names = ["up"] }),
        Case("year", FilmFilter.None with { Released = ReleasePeriods.In(ReleasePeriods.Year(2009)) }),
        Case("month of a year", FilmFilter.None with { Released = ReleasePeriods.In(ReleasePeriods.MonthOf(2009, Month.May)) }),
        Case("after a month", FilmFilter.None with { Released = ReleasePeriods.In(ReleasePeriods.After(ReleasePeriods.MonthOf(2009, Month.May))) }),
        Case("month", FilmFilter.None with { Months = [Month.May] }),
        Case("no month", FilmFilter.None with { Months = [null] }),
    ];

    [TestCaseSource(nameof(Conditions))]
    public void Merge_OneCondition_ReadsAPageOfEachValue(FilmFilter filter)
    {
        var film = new Film(FilmId.Generated(7), new FilmDetails("Up", 2009, Month.May), new Revision("k3f9", 7));
        var query = new FilmQuery(filter, FilmOrder.ById, Page with { After = FilmOrder.ById.PositionOf(film, null) });

        var plan = Plan(FilmStatements.MergeScans(query, ValueGroup.Of(filter), 21));

        // The last sort is of the page; earlier ones, within each value, are the index's.
        Assert.That(plan.Count(step => step.Contains("TEMP B-TREE", StringComparison.Ordinal)), Is.EqualTo(1), string.Join('\n', plan));
        Assert.That(plan, Has.Some.Match("SEARCH films USING .*INDEX IX_films_[a-z_]+ \\([a-z_]+=\\? AND sort_key>\\?\\)"), string.Join('\n', plan));
        Assert.That(plan, Has.None.Match("SCAN film"), string.Join('\n', plan));
    }

    private static IEnumerable<TestCaseData> Few =>
    [
        Case("ids", FilmFilter.None with { Ids = [FilmId.Generated(1)] }),
        Case("names", FilmFilter.None with { Names = ["up"] }),
        Case("prefix", FilmFilter.None with { NamePrefix = "u" }),
        Case("part", FilmFilter.None with { NamePart = "ven" }),
        Case("words", FilmFilter.None with { Words = SearchTerms.Parse("infinity w") }),
        Case("released", FilmFilter.None with { Released = ReleasePeriods.Not(ReleasePeriods.Year(2009)) }),
        Case("months", FilmFilter.None with { Months = [Month.May, null] }),
    ];

    [TestCaseSource(nameof(Few))]
    public void Collect_OneCondition_ReadsTheFilmsThatMeetIt(FilmFilter filter)
    {
        var query = new FilmQuery(filter, new FilmOrder(new SortTerm(SortKey.Name, true)), Page);

        var plan = Plan(FilmStatements.FilterAndSort(query, AccessPath.Of(filter).Single(), 21));

        Assert.That(plan, Has.Some.StartsWith("SEARCH films USING"), string.Join('\n', plan));
        Assert.That(plan, Has.None.Match("SCAN films"), string.Join('\n', plan));
    }

    private static TestCaseData Case(string name, FilmFilter filter) => new TestCaseData(filter).SetArgDisplayNames(name);

    private static void AssertNoFilmIsReadInVain(List<string> plan)
    {
        Assert.That(plan, Has.None.Contains("TEMP B-TREE"), string.Join('\n', plan));
        Assert.That(plan.Where(step => step.StartsWith("SCAN film", StringComparison.Ordinal)), Has.All.Contains("USING INDEX"), string.Join('\n', plan));
    }

    private List<string> Plan(SqlBuilder sql)
    {
        using var statement = new SqliteStatement(_connection, $"EXPLAIN QUERY PLAN {sql}");
        using var row = statement.Query();
        var steps = new List<string>();
        while (row.Next())
        {
            steps.Add(row.Text(3));
        }

        return steps;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }
}
