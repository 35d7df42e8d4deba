using System.Reflection;
using AutoMapper;
using FilmService.Api.Films;
using FilmService.Domain.Films;
using FilmService.Infrastructure;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging.Abstractions;

namespace FilmService.Api.Tests.Architecture;

/// <summary>Enforces the dependencies between the three projects.</summary>
public sealed class LayeringTests
{
    private static readonly Assembly Api = typeof(Program).Assembly;
    private static readonly Assembly Domain = typeof(Film).Assembly;
    private static readonly Assembly Infrastructure = typeof(InvalidConfigurationException).Assembly;

    [Test]
    public void References_EachProject_PointInwards()
    {
        Assert.That(ProjectsOf(Api), Is.EquivalentTo(new[] { "FilmService.Domain", "FilmService.Infrastructure" }));
        Assert.That(ProjectsOf(Infrastructure), Is.EqualTo(new[] { "FilmService.Domain" }));
        Assert.That(ProjectsOf(Domain), Is.Empty);
    }

    [Test]
    public void References_Domain_AreTheBaseClassLibraryAlone() =>
        Assert.That(Domain.GetReferencedAssemblies().Select(name => name.Name), Is.All.StartsWith("System."));

    [Test]
    public void References_Api_ReachNoDatabase() =>
        Assert.That(Api.GetReferencedAssemblies().Select(name => name.Name), Has.None.Contain("EntityFramework").And.None.Contain("Sqlite"));

    [Test]
    public void Controllers_ConstructorsAndActions_AskForNothingOfInfrastructure()
    {
        var asked = Api.GetTypes().Where(type => type.IsSubclassOf(typeof(ControllerBase)))
            .SelectMany(type => type.GetConstructors().Cast<MethodBase>().Concat(type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)))
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.ParameterType.Assembly);

        Assert.That(asked, Has.None.EqualTo(Infrastructure));
    }

    [Test]
    public void Controllers_Each_IsAmongThoseThatMvcIsTold() => Assert.That(
        new Controllers().Types, Is.EquivalentTo(Api.GetTypes().Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(ControllerBase)))));

    [Test]
    public void Requests_EachType_HasAValidator()
    {
        var requests = Api.GetTypes().Where(type => type is { IsAbstract: false, IsPublic: true } && type.Name.EndsWith("Request", StringComparison.Ordinal)).ToList();
        var validated = Api.GetTypes().SelectMany(type => type.GetInterfaces())
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IValidator<>))
            .Select(type => type.GenericTypeArguments[0]);

        Assert.That(requests, Is.Not.Empty);
        Assert.That(requests.Except(validated), Is.Empty);
    }

    [Test]
    public void Mapping_Always_IsValid()
    {
        var mapping = new MapperConfiguration(mapper => mapper.AddMaps(typeof(FilmMappingProfile).Assembly), NullLoggerFactory.Instance);

        Assert.That(mapping.AssertConfigurationIsValid, Throws.Nothing);
    }

    private static IEnumerable<string?> ProjectsOf(Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(name => name.Name).Where(name => name!.StartsWith("FilmService.", StringComparison.Ordinal));
}
