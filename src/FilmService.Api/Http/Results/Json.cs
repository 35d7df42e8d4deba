using System.Text.Json;
using System.Text.Json.Serialization;

namespace FilmService.Api.Http.Results;

/// <summary>The JSON format of responses: compact, camelCase, and with no more escaping than JSON requires.</summary>
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
