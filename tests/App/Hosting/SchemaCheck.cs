using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tradepost.App.Tests.Hosting;

/// <summary>Holds JSON against the part of JSON schema that the API's description uses, and notes which schemas were used.</summary>
internal sealed class SchemaCheck(JsonElement document)
{
    private const string Prefix = "#/components/schemas/";

    public HashSet<string> Used { get; } = [];

    /// <summary>What is wrong with a value; nothing when it fits.</summary>
    public IEnumerable<string> Check(JsonElement schema, JsonElement value, string at)
    {
        if (schema.ValueKind == JsonValueKind.True)
        {
            return [];
        }

        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()![Prefix.Length..];
            Used.Add(name);
            return Check(document.GetProperty("components").GetProperty("schemas").GetProperty(name), value, at);
        }

        if (schema.TryGetProperty("anyOf", out var choices))
        {
            return choices.EnumerateArray().Any(choice => !Check(choice, value, at).Any()) ? [] : [$"{at}: none of anyOf fits {value}"];
        }

        return
        [
            .. CheckType(schema, value, at),
            .. CheckText(schema, value, at),
            .. CheckObject(schema, value, at),
            .. CheckItems(schema, value, at),
        ];
    }

    private static IEnumerable<string> CheckType(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("type", out var type))
        {
            var types =
                type.ValueKind == JsonValueKind.Array
                    ? type.EnumerateArray().Select(one => one.GetString()!).ToList()
                    : [type.GetString()!];
            if (!types.Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && types.Contains("number")))
            {
                yield return $"{at} is {TypeOf(value)}, not {string.Join(" or ", types)}";
            }
        }

        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
        {
            yield return $"{at} is {value}, none of {allowed}";
        }
    }

    private static IEnumerable<string> CheckText(JsonElement schema, JsonElement value, string at)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            yield break;
        }

        if (
            schema.TryGetProperty("pattern", out var pattern)
            && !Regex.IsMatch(value.GetString()!, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1))
        )
        {
            yield return $"{at} is {value}, which does not match {pattern}";
        }

        var fits =
            !schema.TryGetProperty("format", out var format)
            || format.GetString() switch
            {
                "uuid" => value.TryGetGuid(out _),
                "date-time" => value.TryGetDateTimeOffset(out _) && value.GetString()!.EndsWith('Z'),
                "date" => DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", out _),
                _ => true,
            };
        if (!fits)
        {
            yield return $"{at} is {value}, no {format}";
        }
    }

    private IEnumerable<string> CheckObject(JsonElement schema, JsonElement value, string at)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        if (!schema.TryGetProperty("properties", out var properties))
        {
            foreach (
                var problem in schema.TryGetProperty("additionalProperties", out var any)
                    ? value.EnumerateObject().SelectMany(property => Check(any, property.Value, $"{at}.{property.Name}"))
                    : []
            )
            {
                yield return problem;
            }

            yield break;
        }

        foreach (
            var name in schema.TryGetProperty("required", out var required) ? required.EnumerateArray().Select(one => one.GetString()!) : []
        )
        {
            if (!value.TryGetProperty(name, out _))
            {
                yield return $"{at} lacks {name}";
            }
        }

        foreach (var property in value.EnumerateObject())
        {
            if (!properties.TryGetProperty(property.Name, out var inner))
            {
                yield return $"{at} has {property.Name}, which is not described";
                continue;
            }

            foreach (var problem in Check(inner, property.Value, $"{at}.{property.Name}"))
            {
                yield return problem;
            }
        }
    }

    private IEnumerable<string> CheckItems(JsonElement schema, JsonElement value, string at) =>
        value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items)
            ? value.EnumerateArray().SelectMany((item, i) => Check(items, item, $"{at}[{i}]"))
            : [];

    private static string TypeOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Null => "null",
            JsonValueKind.Array => "array",
            _ => "object",
        };
}
