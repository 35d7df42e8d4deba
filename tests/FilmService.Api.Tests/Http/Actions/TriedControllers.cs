using System.ComponentModel.DataAnnotations;
using FilmService.Api.Http.Actions;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

// Each uses one feature of actions. MVC recognises only public, non-nested types as controllers.
namespace FilmService.Api.Tests.Http.Actions;

public sealed class SingletonService;

public sealed class ScopedService;

public sealed class TransientService;

[AttributeUsage(AttributeTargets.Class)]
public sealed class MarkingFilterAttribute : ActionFilterAttribute;

[ApiController, Route("tried/{id}")]
public abstract class TriedController : ControllerBase
{
    [HttpGet]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public ActionResult Get(string id, CancellationToken cancellationToken) => NoContent();
}

public sealed class WithEverythingKnownController(SingletonService singleton, IServiceProvider services) : TriedController
{
    [HttpPut]
    public Task<ActionResult> Put() => Task.FromResult<ActionResult>(StatusCode(singleton == services.GetService(typeof(SingletonService)) ? 200 : 500));

    [HttpPost]
    public ContentResult Post() => Content("");
}

[MarkingFilter]
public sealed class WithFilterController : TriedController;

[Produces("application/json")]
public sealed class WithProducesController : TriedController;

public sealed class WithFilterOfItsOwnController : TriedController, IActionFilter
{
    public void OnActionExecuting(ActionExecutingContext context)
    {
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
    }
}

public sealed class WithUnknownParameterController : TriedController
{
    [HttpPut]
    public ActionResult Put(int limit) => NoContent();
}

public sealed class WithTextOutsideTheRouteController : TriedController
{
    [HttpPut]
    public ActionResult Put(string name) => NoContent();
}

public sealed class WithSourceController : TriedController
{
    [HttpPut("{name}")]
    public ActionResult Put([FromQuery] string name) => NoContent();
}

public sealed class WithValidatedParameterController : TriedController
{
    [HttpPut("{name}")]
    public ActionResult Put([StringLength(9)] string name) => NoContent();
}

public sealed class UncheckedArguments() : RequestArguments(new ArgumentSet([]), ProblemTypes.Malformed);

public sealed class WithUncheckedArgumentsController : TriedController
{
    [HttpPut]
    public ActionResult Put(UncheckedArguments arguments) => NoContent();
}

public sealed class WithBoundPropertyController : TriedController
{
    [BindProperty]
    public string Name { get; set; } = "";
}

public sealed class WithOtherResultController : TriedController
{
    [HttpPut]
    public string Put() => Request.Path;
}

public sealed class WithScopedServiceController(ScopedService service) : TriedController
{
    [HttpPut]
    public ActionResult Put() => StatusCode(service.GetHashCode());
}

public sealed class WithTransientServiceController(TransientService service) : TriedController
{
    [HttpPut]
    public ActionResult Put() => StatusCode(service.GetHashCode());
}

public sealed class WithDisposalController : TriedController, IDisposable
{
    public void Dispose()
    {
    }
}
