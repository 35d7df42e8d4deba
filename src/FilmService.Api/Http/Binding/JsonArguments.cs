using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Http.Binding;

/// <summary>Reads arguments from a JSON object (RFC 8259) with at most 8 levels.</summary>
internal static class JsonArguments
{
    private const int MaxDepth = 8;

    /// <exception cref="ProblemException">The body is not a JSON object, or not valid.</exception>
    public static void Read(ReadOnlySpan<byte> json, ArgumentSet arguments)
    {
        json = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        if (FaultOf(json, arguments, "The body", line: true) is { } fault)
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, fault));
        }
    }

    /// <summary>Reads the arguments; returns the error in the text, or null.</summary>
    /// <param name="arguments">Receives the arguments.</param>
    /// <param name="subject">What messages call the text.</param>
    /// <param name="line">True to include the line number in the message.</param>
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
            if (arguments.IsFull)
            {
                return $"{subject} has more than {ArgumentSet.MaxCount} members.";
            }

            if (ReadText(ref reader) is not { } name)
            {
                return "A member's name contains a lone surrogate.";
            }

            reader.Read();
            arguments.Add(name, ReadValue(ref reader));
        }

        // Throws if there is data after the end of the object.
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

    // The reader reports an escaped lone surrogate only through this exception.
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
