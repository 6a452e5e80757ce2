using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tradepost.Arguments;

/// <summary>One argument, as its property and the attributes on it describe it.</summary>
public sealed class DescribedArgument
{
    private readonly PropertyInfo property;
    private readonly RangeAttribute? range;
    private readonly RegularExpressionAttribute? pattern;

    internal DescribedArgument(PropertyInfo property, object defaults)
    {
        this.property = property;
        IsList = property.PropertyType.IsArray;
        var type = IsList ? property.PropertyType.GetElementType()! : property.PropertyType;
        IsNullable = !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
        Type = Nullable.GetUnderlyingType(type) ?? type;
        var positional = property.GetCustomAttribute<PositionalAttribute>();
        IsPositional = positional is not null;
        Named = "--" + Spelling.Kebab(property.Name);
        Option = positional?.Name ?? Named;
        Key = Spelling.Snake(property.Name);
        Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";
        IsRequired = property.IsDefined(typeof(RequiredAttribute)) || property.IsDefined(typeof(RequiredMemberAttribute));
        range = property.GetCustomAttribute<RangeAttribute>();
        pattern = property.GetCustomAttribute<RegularExpressionAttribute>();
        IsFree = property.IsDefined(typeof(FreeTextAttribute));
        IsPath = property.IsDefined(typeof(FilePathAttribute));
        Order = property.GetCustomAttribute<DisplayAttribute>()?.GetOrder() ?? 0;
        Default = property.GetValue(defaults);
        Allowed =
            property.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed
                ? [.. allowed.Values.OfType<object>().Select(ArgumentText.Show)]
            : Type.IsEnum ? [.. Enum.GetNames(Type).Select(Spelling.Kebab)]
            : null;
    }

    /// <summary>On the command line: <c>--max-deletes</c>, or <c>FILE</c> where values stand by themselves.</summary>
    public string Option { get; }

    public bool IsPositional { get; }

    /// <summary>With a name before it, also where values may stand by themselves: <c>--files</c>.</summary>
    internal string Named { get; }

    /// <summary>In JSON: <c>max_deletes</c>.</summary>
    public string Key { get; }

    public string Description { get; }

    /// <summary>The type of the value, or of each value of a list.</summary>
    public Type Type { get; }

    public bool IsList { get; }

    /// <summary>Whether it is one of the names of an enumeration, and every name may be given.</summary>
    public bool IsWholeChoice => Type.IsEnum && !property.IsDefined(typeof(AllowedValuesAttribute));

    public bool IsFlag => Type == typeof(bool) && !IsList;

    public bool IsRequired { get; }

    public bool IsPath { get; }

    /// <summary>Whether it may hold control and format characters.</summary>
    public bool IsFree { get; }

    /// <summary>Where it stands among the others; those of the same place stand as they are declared.</summary>
    internal int Order { get; }

    /// <summary>Whether its numbers or durations have a least and a most.</summary>
    public bool HasRange => range is not null;

    /// <summary>The values that are allowed, where they can be listed.</summary>
    public IReadOnlyList<string>? Allowed { get; }

    /// <summary>The value where none is given.</summary>
    public object? Default { get; }

    /// <summary>The default as its user would type it; null when there is none.</summary>
    public string? DefaultText => Default is null or false or "" or Array { Length: 0 } ? null : ArgumentText.Show(Default);

    private bool IsNullable { get; }

    /// <summary>An attribute on the property; null without it.</summary>
    public T? Find<T>()
        where T : Attribute => property.GetCustomAttribute<T>();

    /// <summary>The value that arguments hold here.</summary>
    public object? Get(object arguments) => property.GetValue(arguments);

    internal void Set(object target, object? value) => property.SetValue(target, value);

    /// <summary>Replaces the text, or each text of a list, that arguments hold here.</summary>
    public void MapText(object arguments, Func<string, string> replace)
    {
        switch (property.GetValue(arguments))
        {
            case string text:
                property.SetValue(arguments, replace(text));
                break;
            case string[] texts:
                property.SetValue(arguments, texts.Select(replace).ToArray());
                break;
            default:
                break; // none is given
        }
    }

    internal object FromText(IReadOnlyList<string> texts, string spelled) =>
        IsList ? ListOf([.. texts.Select(text => Read(spelled, text))])
        : texts.Count == 0 && IsFlag ? true
        : Read(spelled, texts[^1]);

    internal object? FromJson(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null when IsNullable || IsList => null,
            JsonValueKind.Array when IsList => ListOf([.. value.EnumerateArray().Select(ReadJson)]),
            _ when IsList => throw Wrong(Key, value.GetRawText(), "a list"),
            _ => ReadJson(value),
        };

    internal JsonNode? ToJson(object arguments) =>
        property.GetValue(arguments) switch
        {
            null => null,
            TimeSpan duration => ArgumentText.Show(duration),
            TimeSpan[] durations => new JsonArray([.. durations.Select(duration => JsonValue.Create(ArgumentText.Show(duration)))]),
            var value => JsonSerializer.SerializeToNode(value, value.GetType(), ResultJson.Options),
        };

    internal JsonObject Schema()
    {
        // Exact decimals come as texts where a number of JSON would not be exact.
        var schema = new JsonObject { ["type"] = Type == typeof(decimal) ? new JsonArray("number", "string") : JsonType() };
        if (Format() is { } format)
        {
            schema["format"] = format;
        }

        if (Allowed is not null)
        {
            schema["enum"] = new JsonArray([.. Allowed.Select(value => JsonValue.Create(Type.IsEnum ? value.Replace('-', '_') : value))]);
        }

        if (range is not null && JsonType() is "integer" or "number")
        {
            schema["minimum"] = JsonNode.Parse(Limit(range!.Minimum));
            schema["maximum"] = JsonNode.Parse(Limit(range.Maximum));
        }

        if (pattern is not null)
        {
            schema["pattern"] = pattern.Pattern;
        }

        return Describe(IsList ? new JsonObject { ["type"] = "array", ["items"] = schema } : schema);
    }

    private JsonObject Describe(JsonObject schema)
    {
        foreach (var note in property.GetCustomAttributes<ArgumentNoteAttribute>())
        {
            note.Describe(schema);
        }

        if (Description.Length > 0)
        {
            schema["description"] = Description;
        }

        if (Default is not null and not "" and not Array { Length: 0 })
        {
            schema["default"] = JsonSerializer.SerializeToNode(
                Default is TimeSpan ? ArgumentText.Show(Default) : Default,
                Default is TimeSpan ? typeof(string) : Default.GetType(),
                ResultJson.Options
            );
        }

        return schema;
    }

    private object Read(string spelled, string text)
    {
        if (!IsFree && HiddenCharacters.Refusal(spelled, text) is { } refusal)
        {
            throw new WrongArgumentException(spelled, refusal);
        }

        var value = ArgumentText.Read(Type, text) ?? throw Wrong(spelled, Quote(text), ArgumentText.Expectation(Type));
        if (Allowed is not null && !Allowed.Contains(ArgumentText.Show(value)))
        {
            throw Wrong(spelled, Quote(text), "");
        }

        if (range?.IsValid(value) == false)
        {
            throw new WrongArgumentException(
                spelled,
                $"{spelled} is {ArgumentText.Show(value)}; "
                    + $"{range.ErrorMessage ?? $"it must be between {Limit(range.Minimum)} and {Limit(range.Maximum)}"}."
            );
        }

        return pattern?.IsValid(value) == false
            ? throw new WrongArgumentException(
                spelled,
                $"{spelled} is {Quote(text)}; {pattern.ErrorMessage ?? $"it must match {pattern.Pattern}"}."
            )
            : value;
    }

    private object ReadJson(JsonElement value) =>
        (value.ValueKind, JsonType()) switch
        {
            (JsonValueKind.String, "string") => Read(Key, value.GetString()!),
            (JsonValueKind.String, "number") when Type == typeof(decimal) => Read(Key, value.GetString()!),
            (JsonValueKind.Number, "integer" or "number") => Read(Key, value.GetRawText()),
            (JsonValueKind.True or JsonValueKind.False, "boolean") => Read(Key, value.GetRawText()),
            _ => throw Wrong(
                Key,
                value.GetRawText(),
                JsonType() == "string" ? $"{ArgumentText.Expectation(Type)} in quotes" : ArgumentText.Expectation(Type)
            ),
        };

    private WrongArgumentException Wrong(string spelled, string held, string expected) =>
        Allowed is null
            ? new WrongArgumentException(spelled, $"{spelled} is {held}; expected is {expected}.")
            : new WrongArgumentException(
                spelled,
                $"{spelled} is {held}; allowed {(Allowed.Count == 1 ? "is" : "are")} {string.Join(", ", Allowed)}.",
                Allowed
            );

    private Array ListOf(object[] values)
    {
        var list = Array.CreateInstance(Type, values.Length);
        values.CopyTo(list, 0);
        return list;
    }

    private string JsonType() =>
        Type.IsEnum
            ? "string"
            : Type.GetTypeCode(Type) switch
            {
                TypeCode.Int32 or TypeCode.Int64 => "integer",
                TypeCode.Double or TypeCode.Decimal => "number",
                TypeCode.Boolean => "boolean",
                _ => "string",
            };

    private string? Format() =>
        Type == typeof(DateOnly) ? "date"
        : Type == typeof(DateTime) ? "date-time"
        : Type == typeof(TimeSpan) ? "duration"
        : null;

    private static string Limit(object limit) => limit is IFormattable ? ArgumentText.Show(limit) : limit.ToString()!;

    private static string Quote(string text) => $"\"{text}\"";
}
