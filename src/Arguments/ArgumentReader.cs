using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tradepost.Arguments;

/// <summary>
/// The arguments of a job, a command or a request: the init properties of its record, with what their attributes say (Description,
/// Required, Range, AllowedValues, RegularExpression). Reads them from a command line or from JSON, and describes them as a JSON schema.
/// </summary>
public sealed class ArgumentReader
{
    private readonly Type type;

    private ArgumentReader(Type type)
    {
        this.type = type;
        var defaults = Create();
        All =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite)
                .Select(property => new DescribedArgument(property, defaults)),
        ];
    }

    public IReadOnlyList<DescribedArgument> All { get; }

    public static ArgumentReader Of(Type type) => new(type);

    /// <summary>The arguments from options and the texts behind them; a flag may have none.</summary>
    /// <exception cref="WrongArgumentException">An option is not known, or its value is not allowed.</exception>
    public object FromText(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> options)
    {
        var (target, given) = (Create(), new HashSet<DescribedArgument>());
        foreach (var (option, texts) in options)
        {
            var argument = Get(option, a => option.StartsWith("--", StringComparison.Ordinal) ? a.Named : a.Option);
            argument.Set(target, argument.FromText(texts.Count == 0 && argument.IsFlag ? ["true"] : texts));
            given.Add(argument);
        }

        RequireAll(given, argument => argument.Option);
        return target;
    }

    /// <summary>The arguments from a JSON object.</summary>
    /// <exception cref="WrongArgumentException">A key is not known, or its value is not allowed.</exception>
    public object FromJson(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new WrongArgumentException("arguments", $"The arguments are {json.GetRawText()}; expected is a JSON object.");
        }

        var (target, given) = (Create(), new HashSet<DescribedArgument>());
        foreach (var property in json.EnumerateObject())
        {
            var argument = Get(property.Name, a => a.Key);
            argument.Set(target, argument.FromJson(property.Value));
            given.Add(argument);
        }

        RequireAll(given, argument => argument.Key);
        return target;
    }

    /// <summary>These arguments as <see cref="FromJson"/> reads them, defaults included, without those that have no value.</summary>
    public JsonObject ToJson(object arguments) =>
        new(All.Select(argument => KeyValuePair.Create(argument.Key, argument.ToJson(arguments))).Where(pair => pair.Value is not null));

    /// <summary>The JSON schema of an object with these arguments.</summary>
    public JsonObject Schema()
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(
                All.Select(argument => KeyValuePair.Create<string, JsonNode?>(argument.Key, argument.Schema()))
            ),
            ["additionalProperties"] = false,
        };
        var required = All.Where(argument => argument.IsRequired).Select(argument => (JsonNode?)JsonValue.Create(argument.Key)).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }

        return schema;
    }

    /// <summary>
    /// Makes each path of somebody at the machine absolute, from the folder they are in: the work may be done in another process, later, elsewhere.
    /// </summary>
    public void Root(object arguments, string folder)
    {
        foreach (var argument in All.Where(argument => argument.IsPath))
        {
            argument.MapText(arguments, path => Path.GetFullPath(path, folder));
        }
    }

    private DescribedArgument Get(string name, Func<DescribedArgument, string> spelled)
    {
        if (All.FirstOrDefault(argument => spelled(argument) == name) is { } argument)
        {
            return argument;
        }

        var names = All.Select(spelled).ToList();
        var hint =
            Spelling.FindNearest(name, names) is { } nearest ? $"Did you mean {nearest}?"
            : names.Count == 0 ? "There are none."
            : $"Allowed are {string.Join(", ", names)}.";
        throw new WrongArgumentException(name, $"There is no argument {name}. {hint}", names);
    }

    private void RequireAll(HashSet<DescribedArgument> given, Func<DescribedArgument, string> spelled)
    {
        if (All.FirstOrDefault(argument => argument.IsRequired && !given.Contains(argument)) is { } missing)
        {
            throw new WrongArgumentException(spelled(missing), $"{spelled(missing)} is missing; it is needed.");
        }
    }

    private object Create() => Activator.CreateInstance(type) ?? throw new NotSupportedException($"{type} cannot hold arguments.");
}
