using System.Diagnostics;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using FilmService.Api.Access;
using FilmService.Api.Films;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Search;

public sealed class FilmSearchService(FilmCatalog catalog, SearchSlots slots, ExportSpool spool, SlowClients clients)
{
    private const string AskAgain = "no-cache";
    private const string Forever = "max-age=31536000";
    private const string QueryTypes = "application/x-www-form-urlencoded";

    /// <summary>Answers with the films, or with a 304 if the client already has them, which costs no query.</summary>
    internal async Task<ActionResult> AnswerAsync(HttpContext context, FilmSearch search, CancellationToken cancellationToken)
    {
        var (hash, ifMatch) = (HashOf(search), EntityTags.IfMatch(context.Request));
        var now = await catalog.GetRevisionAsync(cancellationToken);
        var revision = search.Query.AsOf ?? now;
        if (ifMatch is null && revision.Epoch == now.Epoch && revision.Number <= now.Number && EntityTags.IsNotModified(context.Request, ETag(revision, hash)))
        {
            Announce(context, revision, hash);
            context.Response.Headers.CacheControl = CacheControl(context, search.Query);
            return new StatusResult(StatusCodes.Status304NotModified);
        }

        if (search.Format.MediaType == FilmListFormat.JsonType && await catalog.NeedsPageAsync(search.Query, cancellationToken))
        {
            throw new ProblemException(Problem.OfParameter("limit", PageRule));
        }

        using var slot = await slots.AcquireAsync(context, search.Query);
        return slot.Held?.Refusal is { } refusal
            ? new ProblemResult(refusal)
            : await FindAsync(context, search.Query, slot, list => SendAsync(context, search, list, slot, new ListTag(hash, ifMatch)));
    }

    /// <summary>Reads a result for another representation than those of the API, under the same limits.</summary>
    /// <exception cref="ProblemException">429 or 503: too many queries are running, or this one takes too long.</exception>
    internal async Task<T> ReadAsync<T>(HttpContext context, FilmQuery query, Func<IFilmList, Task<T>> read)
    {
        using var slot = await slots.AcquireAsync(context, query);
        return slot.Held?.Refusal is { } refusal ? throw new ProblemException(refusal) : await FindAsync(context, query, slot, read);
    }

    private async Task<T> FindAsync<T>(HttpContext context, FilmQuery query, SearchSlot slot, Func<IFilmList, Task<T>> read)
    {
        using var span = Telemetry.Spans.StartActivity(query.Page is null ? "export films" : "query films");
        try
        {
            return await catalog.ListAsync(query, slot.Time, read, context.RequestAborted);
        }
        catch (RevisionNotKeptException exception)
        {
            throw new ProblemException(FilmResults.RevisionNotKept(exception.Asked, exception.Now));
        }
        catch (Exception exception) when (SearchProblems.Of(exception) is { } problem)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw context.Response.HasStarted ? new ResponseCutException(exception.Message) : new ProblemException(problem);
        }
    }

    private async Task<ActionResult> SendAsync(HttpContext context, FilmSearch search, IFilmList list, SearchSlot slot, ListTag tag)
    {
        Announce(context, list.Revision, tag.Hash);
        if (tag.IfMatch is { } expected && !EntityTags.IsMatch(expected, ETag(list.Revision, tag.Hash)))
        {
            return new ProblemResult(new Problem(
                FilmProblems.PreconditionFailed, $"The list has changed since the ETag in If-Match; its current ETag is {ETag(list.Revision, tag.Hash)}.{EntityTags.ChangedByProxy(context.Request, ETag(list.Revision, tag.Hash))}"));
        }

        context.Response.Headers.CacheControl = CacheControl(context, search.Query);
        var isPage = search.Query.Page is not null;
        if (isPage)
        {
            // The database has done its part.
            slot.Dispose();
        }

        var next = AddPageFields(context, search, list);
        await new FilmListResponse(list, search.Format, search.View with { Next = next, Facets = FacetsOf(search, list) }, spool, clients).SendAsync(context, inPieces: isPage || slot.Time is not null);
        return new EmptyResult();
    }

    private string PageRule => string.Create(CultureInfo.InvariantCulture,
        $"The catalogue has more than {catalog.Rules.RequireLimitAbove} films: request a page of up to {FilmPage.MaxLimit} with 'limit' and follow the links to the next. To get all of them, export NDJSON or CSV.");

    // Returns the link to the next page; null if there is none.
    private static string? AddPageFields(HttpContext context, FilmSearch search, IFilmList list)
    {
        var headers = context.Response.Headers;
        if (list.Count is { } count)
        {
            headers["X-Total-Count"] = count.ToString(CultureInfo.InvariantCulture);
        }

        if (search.Query.Page is null)
        {
            return null;
        }

        var next = list.NextPosition is { } place ? PageLinks.Next(context.Request, PageCursor.Write(place, search.CursorFingerprint)) : null;
        headers.Link = $"<{PageLinks.First(context.Request)}>; rel=\"first\"{(next is null ? "" : $", <{next}>; rel=\"next\"")}";
        return next;
    }

    // The past never changes, but the rules of normalisation may.
    private static string CacheControl(HttpContext context, FilmQuery query) =>
        query.AsOf is null || query.DependsOnNames ? AskAgain
        : context.RequestServices.GetRequiredService<AccessSettings>().AnonymousRead ? $"public, {Forever}"
        : $"private, {Forever}";

    private static List<(Facet Facet, IReadOnlyList<FacetValue> Values)> FacetsOf(FilmSearch search, IFilmList list) =>
        [.. search.Facets.Select(facet => (facet, FacetValue.Of(facet, list.Releases!)))];

    private static void Announce(HttpContext context, Revision revision, string hash)
    {
        FilmResults.Announce(context, revision);
        context.Response.Headers.CacheControl = AskAgain;
        context.Response.Headers.Vary = "Accept";
        context.Response.Headers["Accept-Query"] = QueryTypes;
        context.Response.Headers.ETag = ETag(revision, hash);
    }

    // What is needed to check the list's ETag.
    private sealed record ListTag(string Hash, IList<EntityTagHeaderValue>? IfMatch);

    private static string ETag(Revision revision, string hash) => $"\"{revision}.{hash}\"";

    // It only distinguishes responses of one revision and protects no secret, so a fast hash is enough. Other rules of
    // normalisation find other films in one revision.
    private static string HashOf(FilmSearch search) =>
        XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{search.Format.Version} {NormalizedName.Version} {search.Asked}")).ToString("x16", CultureInfo.InvariantCulture);
}
