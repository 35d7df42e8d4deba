using System.Text.Json;
using System.Text.Json.Serialization;

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
}
