using System.Reflection;
using System.Text.RegularExpressions;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>Every promise in docs/security.md names the tests that verify it.</summary>
public sealed partial class SecurityDocumentTests
{
    [Test]
    public void Document_OfSecurity_MapsEveryRiskToTestsThatExist()
    {
        var risks = File.ReadAllLines(Repository.Path("docs/security.md")).Where(line => line.StartsWith("| API", StringComparison.Ordinal)).ToList();
        var named = risks.Select(risk => TestName().Matches(risk.Split('|')[3]).Select(match => match.Groups[1].Value).ToList()).ToList();

        Assert.That(risks.Select(risk => risk.Split(' ')[1]), Is.EqualTo(Enumerable.Range(1, 10).Select(number => $"API{number}")));
        Assert.That(named, Has.None.Empty);
        Assert.That(named.SelectMany(names => names).Where(name => !Exists(name)), Is.Empty);
    }

    [Test]
    public void Document_OfAbuse_NamesTestsThatExist()
    {
        var text = File.ReadAllText(Repository.Path("docs/security.md"));
        var rows = text[text.IndexOf("## Abuse", StringComparison.Ordinal)..text.IndexOf("## OWASP", StringComparison.Ordinal)].Split('\n').Where(line => line.StartsWith('|')).Skip(2).ToList();
        var named = rows.ConvertAll(row => TestName().Matches(row.Split('|')[3]).Select(match => match.Groups[1].Value).ToList());

        Assert.That(named, Is.Not.Empty.And.None.Empty);
        Assert.That(named.SelectMany(names => names).Where(name => !Exists(name)), Is.Empty);
    }

    // A test class, or one test in it.
    private static bool Exists(string name)
    {
        var parts = name.Split('.');
        var fixture = Array.Find(Assembly.GetExecutingAssembly().GetTypes(), type => type.Name == parts[0]);
        return fixture is not null && (parts.Length == 1 || fixture.GetMethod(parts[1]) is not null);
    }

    [GeneratedRegex("`([A-Za-z0-9_.]+)`")]
    private static partial Regex TestName();
}
