using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Search;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Lists;

/// <summary>The pages that list films.</summary>
public sealed class ListController(FilmListReader films, NearNames near, TimeProvider clock) : UiController
{
    [HttpGet("ui"), HttpHead("ui")]
    [Representations("text/html")]
    public ActionResult Begin() => LeadTo(UiAddress.Films);

    [HttpGet("ui/films"), HttpHead("ui/films")]
    [ListParameters]
    [Representations("text/html")]
    public async Task<ActionResult> List(ListQuery request)
    {
        // While somebody types, the address follows, and back leads to where they were before.
        Response.Headers["HX-Replace-Url"] = request.Address.ToPage();
        if (request.Faults.Count > 0)
        {
            return Page<ListPage, ListResults>(new ListModel(request, null, [], clock.GetUtcNow()), StatusCodes.Status400BadRequest);
        }

        var rows = await films.ReadAsync(HttpContext, request);
        var isNothing = rows.Films.Count == 0 && request.Address["cursor"] is null;
        var names = isNothing && request.Address["q"] is { } asked ? await near.FindAsync(HttpContext, asked) : [];
        return Page<ListPage, ListResults>(new ListModel(request, rows, names, clock.GetUtcNow()));
    }

    [HttpGet("ui/count"), HttpHead("ui/count")]
    [ListParameters]
    [Representations("text/html")]
    public async Task<ActionResult> Count(ListQuery request)
    {
        try
        {
            return request.Faults.Count > 0
                ? LeadTo(request.Address.ToPage())
                : Page<CountPage, ListCountsView>(new CountsModel(request.Address, await films.CountAsync(HttpContext, request)));
        }
        catch (ProblemException exception) when (exception.Problem.Type == SearchProblems.QueryTimeout)
        {
            return Page<CountPage, ListCountsView>(new CountsModel(request.Address, null));
        }
    }
}
