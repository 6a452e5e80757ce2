using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Tradepost.Arguments;
using Tradepost.Serving.Requests;

namespace Tradepost.Serving.OpenApi;

/// <summary>The schemas of what is sent, each under its name: .NET's exporter, corrected where our JSON has a form of its own.</summary>
internal sealed class Schemas(IReadOnlyDictionary<Type, string> examples)
{
    private readonly SortedDictionary<string, JsonNode> named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> owners = new(StringComparer.Ordinal);

    public JsonObject All => new(named.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value.DeepClone())));

    /// <summary>A reference to the schema of a type, which is made when it is asked for first.</summary>
    public JsonObject Reference(Type type)
    {
        var name = NameOf(type);
        if (owners.TryAdd(name, type))
        {
            named[name] = new JsonObject(); // before the export, which may come across the type again
            var schema = JsonForm.Described.GetJsonSchemaAsNode(type, Options(type)).AsObject();
            if (examples.TryGetValue(type, out var example))
            {
                schema["examples"] = new JsonArray(JsonNode.Parse(example));
            }

            named[name] = schema;
        }
        else if (owners[name] != type)
        {
            throw new InvalidOperationException($"{type} and {owners[name]} have the same name in the API's description.");
        }

        return To(name);
    }

    /// <summary>A reference to a schema that is given.</summary>
    public JsonObject Reference(Type type, JsonObject schema)
    {
        var name = NameOf(type);
        owners[name] = type;
        named[name] = schema;
        return To(name);
    }

    /// <summary>
    /// The schema of a request's fields. Choices refer to the schema of their type, so that a generated client has one type for each, whose
    /// name stays as it is when another field gets the same name.
    /// </summary>
    public JsonObject Of(ArgumentReader fields)
    {
        var schema = fields.Schema();
        foreach (var field in fields.All.Where(field => field.IsWholeChoice))
        {
            var form = schema["properties"]![field.Key]!.AsObject();
            var choice = field.IsList ? form["items"]!.AsObject() : form;
            choice.Remove("type");
            choice.Remove("enum");
            choice["$ref"] = Reference(field.Type)["$ref"]!.DeepClone();
        }

        return schema;
    }

    private JsonSchemaExporterOptions Options(Type root) =>
        new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, schema) => Transform(context, schema, root) };

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema, Type root)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var isNullable = schema is JsonObject { } node && IsNullable(node);
        var form = type switch
        {
            _ when Scalar(type, isNullable || context.TypeInfo.Type != type) is { } scalar => scalar,
            _ when type.IsEnum && type != root => Nested(type, isNullable || context.TypeInfo.Type != type),
            _ when context.TypeInfo.Kind == JsonTypeInfoKind.Object && type != root && type != typeof(object) => Nested(type, isNullable),
            _ when schema is JsonValue => new JsonObject(), // true: not every generator of clients knows that it is {}
            _ => schema,
        };
        // The exporter knows nothing of what our own converters write; and some generators of clients take an object without properties for
        // an empty one.
        if (form is JsonObject open && Is(open, "object") && !open.ContainsKey("properties") && !open.ContainsKey("additionalProperties"))
        {
            open["additionalProperties"] = Element(context.TypeInfo);
        }

        if (form is JsonObject list && Is(list, "array") && !list.ContainsKey("items"))
        {
            list["items"] = Element(context.TypeInfo);
        }

        if (form is JsonObject choice && choice["enum"] is JsonArray names && !choice.ContainsKey("type"))
        {
            choice["type"] = names.Contains(null) ? new JsonArray("string", "null") : "string"; // or a client would take it for a number
        }

        if (
            form is JsonObject described
            && context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false)
                is [DescriptionAttribute text]
        )
        {
            described["description"] = text.Description;
        }

        return form;
    }

    /// <summary>What our converters make of these types.</summary>
    private static JsonObject? Scalar(Type type, bool isNullable) =>
        type == typeof(decimal) ? Typed("string", isNullable, ("pattern", @"^-?\d+(\.\d+)?$"))
        : type == typeof(double) ? Typed("number", nullable: true) // NaN is written as null
        : type == typeof(DateTime) ? Typed("string", isNullable, ("format", "date-time"))
        : null;

    private JsonObject Nested(Type type, bool isNullable) =>
        isNullable ? new JsonObject { ["anyOf"] = new JsonArray(Reference(type), new JsonObject { ["type"] = "null" }) } : Reference(type);

    private static JsonObject To(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    /// <summary>What a list or a dictionary holds, where the exporter does not say it.</summary>
    private static JsonObject Element(JsonTypeInfo type) =>
        type.ElementType is { } element
        && Scalar(Nullable.GetUnderlyingType(element) ?? element, Nullable.GetUnderlyingType(element) is not null) is { } value
            ? value
            : new JsonObject();

    private static bool Is(JsonObject schema, string name) =>
        schema["type"] switch
        {
            JsonArray types => types.Any(type => type?.GetValue<string>() == name),
            JsonValue type => type.GetValue<string>() == name,
            _ => false,
        };

    private static bool IsNullable(JsonObject schema) => schema["type"] is JsonArray && Is(schema, "null");

    private static JsonObject Typed(string type, bool nullable, params ReadOnlySpan<(string Key, string Value)> more)
    {
        var schema = new JsonObject { ["type"] = nullable ? new JsonArray(type, "null") : type };
        foreach (var (key, value) in more)
        {
            schema[key] = value;
        }

        return schema;
    }

    // Page<Run> is RunPage.
    private static string NameOf(Type type) =>
        type.IsGenericType
            ? string.Concat(type.GetGenericArguments().Select(NameOf)) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]
            : type.Name;
}
