using System.Globalization;
using System.IO.Hashing;
using System.Text;
using FilmService.Api.Films;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Search;

public sealed class FilmSearchService(FilmCatalog catalog, TemporaryFiles files, TimeProvider clock)
{
    private const string QueryTypes = "application/x-www-form-urlencoded";

    /// <summary>The films, or a 304 if the client already has them, which costs no query.</summary>
    internal async Task<ActionResult> AnswerAsync(HttpContext context, FilmSearch search, CancellationToken cancellationToken)
    {
        var hash = HashOf(search);
        var revision = await catalog.GetRevisionAsync(cancellationToken);
        if (context.Request.Headers.IfMatch.Count == 0 && EntityTags.IsNotModified(context.Request, ETag(revision, hash)))
        {
            Announce(context, revision, hash);
            return new StatusResult(StatusCodes.Status304NotModified);
        }

        if (search.Format.MediaType == FilmListFormat.JsonType && await catalog.NeedsPageAsync(search.Query, cancellationToken))
        {
            throw new ProblemException(Problem.OfParameter("limit", PageRule));
        }

        var list = await catalog.ListAsync(search.Query, cancellationToken);
        Announce(context, list.Revision, hash);
        if (!EntityTags.IsMatch(context.Request, ETag(list.Revision, hash)))
        {
            await list.DisposeAsync();
            return new ProblemResult(new Problem(
                FilmProblems.PreconditionFailed, $"The list has changed since the ETag in If-Match; its current ETag is {ETag(list.Revision, hash)}.{EntityTags.ChangedByProxy(context.Request, ETag(list.Revision, hash))}"));
        }

        var next = AddPageFields(context, search, list);
        return new FilmListResult(list, search.Format, search.View with { Next = next }, files, clock);
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

    private static void Announce(HttpContext context, Revision revision, string hash)
    {
        FilmResults.Announce(context, revision);
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.Vary = "Accept";
        context.Response.Headers["Accept-Query"] = QueryTypes;
        context.Response.Headers.ETag = ETag(revision, hash);
    }

    private static string ETag(Revision revision, string hash) => $"\"{revision}.{hash}\"";

    // It only distinguishes responses of one revision and protects no secret, so a fast hash is enough.
    private static string HashOf(FilmSearch search) =>
        XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{search.Format.Version} {search.Asked}")).ToString("x16", CultureInfo.InvariantCulture);
}
