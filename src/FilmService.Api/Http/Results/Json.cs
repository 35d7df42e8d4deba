using System.Text.Json;
using System.Text.Json.Serialization;
using FilmService.Api.Films;

namespace FilmService.Api.Http.Results;

/// <summary>How JSON goes out: compact, camelCase, and with no more escaping than JSON asks for.</summary>
internal static class Json
{
    private static readonly PlainJsonEncoder Encoder = new();

    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = Encoder,
        NumberHandling = JsonNumberHandling.Strict,
    };

    public static readonly JsonWriterOptions Writer = new() { Encoder = Encoder, SkipValidation = true };

    /// <summary>Films, without reflection.</summary>
    public static readonly FilmJsonContext Films = new(new JsonSerializerOptions(Options));
}

/// <summary>The serializer of films, made when the program is built.</summary>
[JsonSerializable(typeof(FilmResponse))]
[JsonSerializable(typeof(FilmItemResponse))]
internal sealed partial class FilmJsonContext : JsonSerializerContext;
