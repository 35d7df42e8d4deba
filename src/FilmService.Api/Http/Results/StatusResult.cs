using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Http.Results;

/// <summary>A status without a body. MVC's own result resolves a logger each time.</summary>
public sealed class StatusResult(int status) : ActionResult
{
    public override void ExecuteResult(ActionContext context) => context.HttpContext.Response.StatusCode = status;
}
