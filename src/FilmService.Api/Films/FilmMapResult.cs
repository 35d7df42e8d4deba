using System.Text.Json;
using AutoMapper;
using FilmService.Domain.Films;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace FilmService.Api.Films;

/// <summary>
/// All films as one JSON object keyed by id, in constant memory. The list is written aside first, beyond a megabyte to a
/// temporary file: a slow reader would pin the database's write-ahead log, and a failure half-way would look like an end.
/// </summary>
internal sealed class FilmMapResult(IFilmList list, IMapper mapper) : ActionResult
{
    private const int MaxMemory = 1 << 20;
    private const int FlushAt = 1 << 15;

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        await using var aside = new FileBufferingWriteStream(MaxMemory);
        await WriteFilmsAsync(aside, context.HttpContext.RequestAborted);

        var response = context.HttpContext.Response;
        response.ContentType = "application/json";
        response.ContentLength = aside.Length;
        if (!HttpMethods.IsHead(context.HttpContext.Request.Method))
        {
            await aside.DrainBufferAsync(response.Body, context.HttpContext.RequestAborted);
        }
    }

    private async Task WriteFilmsAsync(Stream stream, CancellationToken cancellationToken)
    {
        using (list)
        {
            await using var json = new Utf8JsonWriter(stream, Http.Json.Writer);
            json.WriteStartObject();
            foreach (var film in list.Films)
            {
                json.WritePropertyName(film.Id.Value);
                JsonSerializer.Serialize(json, mapper.Map<FilmResponse>(film), Http.Json.Films.FilmResponse);
                if (json.BytesPending > FlushAt)
                {
                    await json.FlushAsync(cancellationToken);
                }
            }

            json.WriteEndObject();
        }
    }
}
