using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Rendering;

/// <summary>Leads on after a form was carried out (RFC 9110 §15.4.4), so that reloading the page does not send the form again.</summary>
public sealed class LeadResult(string address) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context)
    {
        var (response, isFromScript) = (context.HttpContext.Response, PageContext.IsFromScript(context.HttpContext.Request));
        response.Headers[isFromScript ? "HX-Redirect" : "Location"] = address;
        response.StatusCode = isFromScript ? StatusCodes.Status204NoContent : StatusCodes.Status303SeeOther;
        return Task.CompletedTask;
    }
}
