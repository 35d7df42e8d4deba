using System.Reflection;
using FilmService.Api.Http.Actions;
using FilmService.Api.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Api.Tests.Http.Actions;

public sealed class ActionEndpointsTests
{
    [Test]
    public async Task EveryAction_OfTheService_IsRunByAnActionDelegate()
    {
        await using var host = await FilmServiceHost.StartAsync();
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        var run = endpoints.Where(endpoint => endpoint.RequestDelegate?.Target is ActionDelegate).Select(ActionOf);

        Assert.That(run, Is.EquivalentTo(endpoints.Select(ActionOf).Where(action => action is not null)));
        Assert.That(run.Distinct(), Is.EquivalentTo(host.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items));
    }

    [TestCase(typeof(WithEverythingKnownController), null)]
    [TestCase(typeof(WithFilterController), "has filters (MarkingFilterAttribute)")]
    [TestCase(typeof(WithProducesController), "has filters (ProducesAttribute)")]
    [TestCase(typeof(WithFilterOfItsOwnController), "has filters (ControllerActionFilter)")]
    [TestCase(typeof(WithUnknownParameterController), "takes 'limit', of whose type there is no ParameterBinder")]
    [TestCase(typeof(WithTextOutsideTheRouteController), "takes 'name', of whose type there is no ParameterBinder")]
    [TestCase(typeof(WithSourceController), "says of 'name' where it comes from")]
    [TestCase(typeof(WithValidatedParameterController), "has 'name' validated by an attribute")]
    [TestCase(typeof(WithUncheckedArgumentsController), "takes 'arguments', which has no validator")]
    [TestCase(typeof(WithBoundPropertyController), "has a controller with bound properties")]
    [TestCase(typeof(WithOtherResultController), "returns neither ActionResult nor a task of it")]
    [TestCase(typeof(WithScopedServiceController), "needs a ScopedService, which is not a singleton")]
    [TestCase(typeof(WithTransientServiceController), "needs a TransientService, which is not a singleton")]
    [TestCase(typeof(WithDisposalController), "is disposable, and nothing would dispose it")]
    public async Task Start_WithAControllerOf_IsRefusedUnlessAllOfItHappens(Type controller, string? reason)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddActions(new OneController(controller));
        builder.Services.AddParameter<CancellationToken>(context => new(context.RequestAborted)).AddParameter<UncheckedArguments>(_ => new(new UncheckedArguments()));
        builder.Services.AddSingleton<SingletonService>().AddScoped<ScopedService>().AddTransient<TransientService>();
        await using var app = builder.Build();

        Assert.That(app.MapActions, reason is null ? Throws.Nothing : Throws.InvalidOperationException.With.Message.Contains(reason));
    }

    private static ControllerActionDescriptor? ActionOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>();

    private sealed class OneController(Type controller) : ApplicationPart, IApplicationPartTypeProvider
    {
        public override string Name => controller.Name;

        public IEnumerable<TypeInfo> Types => [controller.GetTypeInfo()];
    }
}
