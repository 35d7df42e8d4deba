using FilmService.Domain.Writing;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Films;

/// <summary>
/// The answer to a write that is under way. It is waited for here and not in the action, behind which four more steps of MVC
/// would have to wait: each that does costs the write.
/// </summary>
internal sealed class WrittenResult(FilmResults answers, WriteContext origin, Task<FilmOutcome> outcome) : ActionResult
{
    public override async Task ExecuteResultAsync(ActionContext context) =>
        await answers.Written(context.HttpContext, origin, await outcome).ExecuteResultAsync(context);
}
