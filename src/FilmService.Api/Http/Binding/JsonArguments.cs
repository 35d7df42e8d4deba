using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Http.Binding;

/// <summary>Reads the arguments of a JSON object (RFC 8259). It may have at most 8 levels.</summary>
internal static class JsonArguments
{
    private const int MaxDepth = 8;

    /// <exception cref="ProblemException">The body is no JSON object, or not valid.</exception>
    public static void Read(ReadOnlySpan<byte> json, ArgumentSet arguments)
    {
        json = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        if (FaultOf(json, arguments, "The body", line: true) is { } fault)
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, fault));
        }
    }

    /// <summary>Reads the arguments; gives what is wrong with the text, or null.</summary>
    /// <param name="json">The text.</param>
    /// <param name="arguments">Takes the arguments.</param>
    /// <param name="subject">What the text is.</param>
    /// <param name="line">True to say on which of its lines a fault is.</param>
    public static string? FaultOf(ReadOnlySpan<byte> json, ArgumentSet arguments, string subject, bool line)
    {
        if (!Utf8.IsValid(json))
        {
            return $"{subject} is not valid UTF-8.";
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            return FaultOf(ref reader, arguments, subject);
        }
        catch (JsonException exception)
        {
            var place = $"{(line ? $"line {exception.LineNumber + 1}, " : "")}byte {exception.BytePositionInLine + 1}";
            return $"{subject} is not valid JSON of at most {MaxDepth} levels: {place}.";
        }
    }

    private static string? FaultOf(ref Utf8JsonReader reader, ArgumentSet arguments, string subject)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return $"{subject} must be a single JSON object.";
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (ReadText(ref reader) is not { } name)
            {
                return "A member's name contains a lone surrogate.";
            }

            reader.Read();
            arguments.Add(name, ReadValue(ref reader));
        }

        // Throws on anything behind the object's end.
        reader.Read();
        return null;
    }

    private static ArgumentValue ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return ArgumentValue.Null;
            case JsonTokenType.String:
                return ReadText(ref reader) is { } text ? new ArgumentValue(ArgumentKind.Text, text) : ArgumentValue.Other;
            case JsonTokenType.True or JsonTokenType.False:
                return ArgumentValue.OfFlag(reader.TokenType is JsonTokenType.True);
            case JsonTokenType.Number:
                return new ArgumentValue(ArgumentKind.Number, Encoding.ASCII.GetString(reader.ValueSpan));
            case JsonTokenType.StartArray:
                return ReadList(ref reader) is { } items ? new ArgumentValue(ArgumentKind.List, "") { Items = items } : ArgumentValue.Other;
            default:
                reader.Skip();
                return ArgumentValue.Other;
        }
    }

    private static List<string>? ReadList(ref Utf8JsonReader reader)
    {
        var (items, isList) = (new List<string>(), true);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.String && ReadText(ref reader) is { } text)
            {
                items.Add(text);
            }
            else
            {
                isList = false;
                reader.Skip();
            }
        }

        return isList ? items : null;
    }

    // The reader has no other way to say that an escape is half of a surrogate pair.
    private static string? ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
