using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FilmService.Api.Tests.Hosting;

/// <summary>
/// Validates JSON against the part of JSON Schema 2020-12 that the API document uses. An unsupported keyword is an error, so that
/// nothing passes unchecked.
/// </summary>
public sealed class SchemaCheck(JsonNode document)
{
    private static readonly string[] Annotations = ["description", "title", "example", "examples", "default", "format", "deprecated"];

    /// <summary>The errors in the value; empty if it is valid.</summary>
    public IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string place = "$")
    {
        foreach (var (keyword, rule) in schema.AsObject())
        {
            foreach (var fault in Check(keyword, rule!, value, schema, place))
            {
                yield return fault;
            }
        }
    }

    /// <summary>The node that a reference points to, or the node itself.</summary>
    public JsonNode Resolve(JsonNode node) => node is JsonObject && node["$ref"] is { } reference ? Find(reference.GetValue<string>())! : node;

    /// <summary>The node that a reference such as <c>#/components/schemas/Film</c> points to; null if there is none.</summary>
    public JsonNode? Find(string reference) =>
        reference[2..].Split('/').Aggregate((JsonNode?)document, (at, name) => at?[name.Replace("~1", "/", StringComparison.Ordinal)]);

    private IEnumerable<string> Check(string keyword, JsonNode rule, JsonNode? value, JsonNode schema, string place) => keyword switch
    {
        "$ref" => Faults(value, Resolve(schema), place),
        "anyOf" or "oneOf" => Unless(rule.AsArray().Any(choice => !Faults(value, choice!, place).Any()), $"{place} is none of its choices"),
        "allOf" => rule.AsArray().SelectMany(part => Faults(value, part!, place)),
        "if" => Faults(value, schema[Faults(value, rule, place).Any() ? "else" : "then"]!, place),
        "then" or "else" => [],
        "const" => Unless(JsonNode.DeepEquals(rule, value), $"{place} is not {rule.ToJsonString()}"),
        "maxProperties" => Unless(value is not JsonObject members || members.Count <= Number(rule), $"{place} has more members than {rule}"),
        "type" => Unless(Types(rule).Contains(TypeOf(value)), $"{place} is {TypeOf(value)}, not {string.Join(" or ", Types(rule))}"),
        "enum" => Unless(rule.AsArray().Any(known => JsonNode.DeepEquals(known, value)), $"{place} is none of the enum: {value?.ToJsonString()}"),
        "minimum" => Unless(Number(value) is not { } number || number >= Number(rule), $"{place} is below {rule}"),
        "maximum" => Unless(Number(value) is not { } number || number <= Number(rule), $"{place} is above {rule}"),
        "minLength" => Unless(Length(value) is not { } length || length >= Number(rule), $"{place} is shorter than {rule}"),
        "maxLength" => Unless(Length(value) is not { } length || length <= Number(rule), $"{place} is longer than {rule}"),
        "pattern" => Unless(Text(value) is not { } text || Regex.IsMatch(text, rule.GetValue<string>(), RegexOptions.ECMAScript), $"{place} does not match {rule}"),
        "minItems" => Unless(value is not JsonArray array || array.Count >= Number(rule), $"{place} has fewer items than {rule}"),
        "maxItems" => Unless(value is not JsonArray array || array.Count <= Number(rule), $"{place} has more items than {rule}"),
        "items" => value is JsonArray items ? items.SelectMany((item, i) => Faults(item, rule, $"{place}[{i}]")) : [],
        "required" => rule.AsArray().Where(name => value is JsonObject members && !members.ContainsKey(name!.GetValue<string>())).Select(name => $"{place} has no {name}"),
        "properties" => rule.AsObject().Where(member => value is JsonObject members && members.ContainsKey(member.Key))
            .SelectMany(member => Faults(value![member.Key], member.Value!, $"{place}.{member.Key}")),
        "additionalProperties" => Additional(value, rule, schema, place),
        _ => Unless(Annotations.Contains(keyword), $"The schema's keyword {keyword} is not known to {nameof(SchemaCheck)}"),
    };

    private IEnumerable<string> Additional(JsonNode? value, JsonNode rule, JsonNode schema, string place) =>
        (value as JsonObject ?? []).Where(member => schema["properties"]?.AsObject().ContainsKey(member.Key) is not true)
        .SelectMany(member => rule is JsonObject ? Faults(member.Value, rule, $"{place}.{member.Key}") : Unless(rule.GetValue<bool>(), $"{place}.{member.Key} is not in the schema"));

    private static string[] Unless(bool isRight, string fault) => isRight ? [] : [fault];

    private static string[] Types(JsonNode rule) => rule is JsonArray types ? [.. types.Select(type => type!.GetValue<string>())] : [rule.GetValue<string>()];

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ when Text(value) is not null => "string",
        _ when Number(value) is { } number => number == decimal.Truncate(number) ? "integer" : "number",
        _ => "boolean",
    };

    private static string? Text(JsonNode? value) => value is JsonValue known && known.TryGetValue<string>(out var text) ? text : null;

    private static int? Length(JsonNode? value) => Text(value)?.EnumerateRunes().Count();

    private static decimal? Number(JsonNode? value) =>
        value is JsonValue && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
