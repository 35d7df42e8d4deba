using FilmService.Infrastructure;
using NetArchTest.Rules;

namespace FilmService.Api.Tests.Architecture;

/// <summary>Enforces the order of each project's folders: a lower folder does not depend on one above it.</summary>
public sealed class FolderTests
{
    private const string Api = "FilmService.Api";
    private const string Http = Api + ".Http";
    private const string Sqlite = "FilmService.Infrastructure.Sqlite";

    private static readonly Types ApiTypes = Types.InAssembly(typeof(Program).Assembly);

    private static readonly string[] Folders = typeof(Program).Assembly.GetTypes().Select(type => type.Namespace ?? "")
        .Where(name => name.StartsWith(Api + ".", StringComparison.Ordinal)).Select(name => string.Join('.', name.Split('.').Take(3))).Distinct().ToArray();

    [Test]
    public void Folders_OfTheApi_HaveNoCycle()
    {
        var below = Folders.ToDictionary(folder => folder, FoldersBelow);

        Assert.That(below[Api + ".Search"], Does.Contain(Api + ".Films"));
        Assert.That(Folders.Where(folder => IsReachable(folder, folder, below)), Is.Empty);
    }

    [Test]
    public void Http_Always_KnowsNoFeature() => Assert.That(NamesOf(ApiTypes.That().ResideInNamespace(Http)
        .And().HaveDependencyOnAny(Folders.Where(folder => folder != Http).ToArray()).GetTypes()), Is.Empty);

    [Test]
    public void Sqlite_OutsideItsFolder_IsNamedByTheCompositionAlone()
    {
        var naming = Types.InAssembly(typeof(TemporaryFiles).Assembly).That().DoNotResideInNamespace(Sqlite)
            .And().HaveDependencyOnAny(Sqlite, "Microsoft.Data.Sqlite", "Microsoft.EntityFrameworkCore.Sqlite", "SQLitePCL").GetTypes();

        Assert.That(NamesOf(naming), Is.SubsetOf(new[] { nameof(InfrastructureServices), nameof(DatabaseOptions), nameof(DatabaseFile) }));
    }

    private static string[] FoldersBelow(string folder) =>
        Folders.Where(other => other != folder && ApiTypes.That().ResideInNamespace(folder).And().HaveDependencyOnAny(other).GetTypes().Any()).ToArray();

    private static bool IsReachable(string folder, string from, Dictionary<string, string[]> below)
    {
        var (found, next) = (new HashSet<string>(), new Stack<string>(below[from]));
        while (next.TryPop(out var one))
        {
            if (found.Add(one))
            {
                below[one].ToList().ForEach(next.Push);
            }
        }

        return found.Contains(folder);
    }

    private static IEnumerable<string> NamesOf(IEnumerable<IType> types) => types.Select(type => type.Name);
}
