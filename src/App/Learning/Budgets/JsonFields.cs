using System.Globalization;
using System.Text.Json;
using Tradepost.Arguments;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Learning.Budgets;

/// <summary>The fields of a JSON object, read one by one: whatever is wrong is told with its path, such as <c>channels[3].alpha</c>.</summary>
internal sealed class JsonFields
{
    private const int MostDigits = 28;

    private readonly string source;
    private readonly string path;
    private readonly JsonElement element;

    public JsonFields(string source, string path, JsonElement element)
    {
        (this.source, this.path, this.element) = (source, path, element);
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(null, Describe(element), "an object");
        }
    }

    /// <summary>Refuses fields of other names.</summary>
    public void Allow(params string[] names)
    {
        foreach (var field in element.EnumerateObject())
        {
            if (!names.Contains(field.Name))
            {
                var hint = Spelling.FindNearest(field.Name, names) is { } nearest
                    ? $"did you mean '{nearest}'?"
                    : $"there are {string.Join(", ", names)}.";
                throw new UsageException($"{source}: {(path.Length > 0 ? path : "the problem")} has no field '{field.Name}'; {hint}");
            }
        }
    }

    /// <summary>The object in a field; null where there is none.</summary>
    public JsonFields? Find(string name) =>
        Value(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Object ? new JsonFields(source, PathOf(name), value)
        : throw Wrong(name, Describe(value), "an object");

    /// <summary>Whether a field has a value.</summary>
    public bool Has(string name) => Value(name) is not null;

    public string Text(string name) =>
        Required(name) is { ValueKind: JsonValueKind.String } value
            ? value.GetString()!
            : throw Wrong(name, Describe(Required(name)), "a text");

    public double Number(string name) =>
        Required(name) is { ValueKind: JsonValueKind.Number } value && double.IsFinite(value.GetDouble())
            ? value.GetDouble()
            : throw Wrong(name, Describe(Required(name)), "a number");

    public decimal Money(string name) => FindMoney(name) ?? throw Missing(name);

    /// <summary>A decimal, as a number or as a text, with all its digits; null where there is none.</summary>
    public decimal? FindMoney(string name)
    {
        if (Value(name) is not { } value)
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString()!,
            _ => throw Wrong(name, Describe(value), "a number"),
        };
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && IsWhole(text, amount)
            ? amount
            : throw Wrong(name, Describe(value), $"a number of at most {MostDigits} digits");
    }

    public IEnumerable<JsonFields> List(string name) => Value(name) is null ? throw Missing(name) : FindList(name);

    /// <summary>The objects in a list; none where there is no list.</summary>
    public IEnumerable<JsonFields> FindList(string name) =>
        Items(name).Select((item, i) => new JsonFields(source, $"{PathOf(name)}[{i}]", item));

    public IReadOnlyList<string> Texts(string name) =>
        [
            .. Items(Value(name) is null ? throw Missing(name) : name)
                .Select(
                    (item, i) =>
                        item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong($"{name}[{i}]", Describe(item), "a text")
                ),
        ];

    /// <summary>A failure that names a field of it, or itself.</summary>
    public UsageException Wrong(string? name, string value, string expected)
    {
        var place = name is null ? path : PathOf(name);
        return new UsageException($"{source}: {(place.Length > 0 ? place : "the problem")} is {value}; expected is {expected}.");
    }

    private JsonElement Required(string name) => Value(name) ?? throw Missing(name);

    private JsonElement? Value(string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private JsonElement[] Items(string name) =>
        Value(name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()]
        : throw Wrong(name, Describe(value), "a list");

    private UsageException Missing(string name) => new($"{source}: {(path.Length > 0 ? path : "the problem")} lacks {name}.");

    private string PathOf(string name) => path.Length > 0 ? $"{path}.{name}" : name;

    // Digits beyond those of a decimal would be rounded away in silence.
    private static bool IsWhole(string text, decimal amount)
    {
        var digits = text.Split('e', 'E')[0].Where(char.IsAsciiDigit).SkipWhile(digit => digit == '0').ToArray();
        return digits.Length <= MostDigits && (amount != 0 || digits.Length == 0);
    }

    private static string Describe(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => $"'{value.GetString()}'",
            _ => value.GetRawText(),
        };
}
