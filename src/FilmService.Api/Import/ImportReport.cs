using System.Text.Json;
using FilmService.Api.Films;
using FilmService.Api.Http.Results;
using FilmService.Api.Search;
using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Import;

/// <summary>The result of each line of an import as NDJSON. It is written while the import is applied, and sent after the commit.</summary>
internal sealed class ImportReport(TemporaryFiles files) : ActionResult, IDisposable
{
    private const int MaxInMemory = 1 << 16;

    private readonly Utf8Buffer _text = new();
    private FileStream? _spool;

    /// <exception cref="CatalogUnavailableException">The disk is full.</exception>
    public void Add(ImportLineResult result)
    {
        _text.Add("{\"line\":"u8);
        _text.Add(JsonSerializer.SerializeToUtf8Bytes(result.Line.Number));
        AddMember("id", (result.Outcome?.Id ?? result.Line.Id)?.Value);
        AddMember("result", ResultOf(result));
        AddFilm("before", result.Outcome is { Before: { } before } ? before : FilmBefore(result.Outcome));
        AddFilm("after", result.Outcome is { Kind: FilmOutcomeKind.Ambiguous or FilmOutcomeKind.NotFound } ? null : result.Outcome?.Film);
        if (result.Errors is { } errors)
        {
            _text.Add(",\"errors\":"u8);
            _text.Add(JsonSerializer.SerializeToUtf8Bytes(errors, Json.Options));
        }

        _text.Add("}\n"u8);
        Spool(MaxInMemory);
    }

    /// <summary>Adds the counts, as the last line.</summary>
    public ImportReport With(ImportResponse counts)
    {
        _text.Add(JsonSerializer.SerializeToUtf8Bytes(counts, Json.Options));
        _text.Add("\n"u8);
        return this;
    }

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, aborted) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
        response.ContentType = FilmListFormat.LinesType;
        response.ContentLength = (_spool?.Position ?? 0) + _text.Length;
        if (_spool is not null)
        {
            _spool.Position = 0;
            await _spool.CopyToAsync(response.Body, aborted);
        }

        await response.Body.WriteAsync(_text.Bytes, aborted);
    }

    public void Dispose()
    {
        try
        {
            _spool?.Dispose();
        }
        catch (IOException)
        {
            // Data that could not be flushed is no longer needed.
        }
    }

    // If nothing was changed, the film is as it was.
    private static Film? FilmBefore(FilmOutcome? outcome) =>
        outcome is { Kind: FilmOutcomeKind.Unchanged or FilmOutcomeKind.IdTaken or FilmOutcomeKind.Conflict } ? outcome.Film : null;

    private static string ResultOf(ImportLineResult result) => result switch
    {
        { Line.LeftOutAs: not null } => "leftOut",
        { Errors: not null } => "error",
        { Outcome.Kind: FilmOutcomeKind.Replaced } => "updated",
        { Outcome.Kind: FilmOutcomeKind.IdTaken } => "skipped",
        { Outcome: { } outcome } => outcome.Kind.ToString().ToLowerInvariant(),
        _ => "error",
    };

    private void AddMember(string name, string? text)
    {
        BeginMember(name);
        if (text is null)
        {
            _text.Add("null"u8);
        }
        else
        {
            _text.AddJson(text);
        }
    }

    private void AddFilm(string name, Film? film)
    {
        BeginMember(name);
        if (film is null)
        {
            _text.Add("null"u8);
        }
        else
        {
            _text.Add('{');
            FilmJson.AddMembers(_text, film.Details);
        }
    }

    private void BeginMember(string name)
    {
        _text.Add(',');
        _text.AddJson(name);
        _text.Add(':');
    }

    private void Spool(int max)
    {
        if (_text.Length < max)
        {
            return;
        }

        try
        {
            _spool ??= files.Create();
            _spool.Write(_text.Bytes.Span);
            _text.Clear();
        }
        catch (IOException exception)
        {
            throw TemporaryFiles.Unavailable(exception);
        }
    }
}
