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
                .Select(property => new DescribedArgument(property, defaults))
                .OrderBy(argument => argument.Order),
        ];
    }

    public IReadOnlyList<DescribedArgument> All { get; }

    public static ArgumentReader Of(Type type) => new(type);

    /// <summary>The arguments from options and the texts behind them; a flag may have none.</summary>
    /// <exception cref="WrongArgumentException">An option is not known, or its value is not allowed.</exception>
    public object FromText(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> options) =>
        Read(
            options,
            (argument, name) => name.StartsWith("--", StringComparison.Ordinal) ? argument.Named : argument.Option,
            (argument, texts) => argument.FromText(texts, argument.Option),
            argument => argument.Option
        );

    /// <summary>The arguments from the fields of a query string, which are spelled as in JSON; a flag may have no text.</summary>
    /// <exception cref="WrongArgumentException">A field is not known, or its value is not allowed.</exception>
    public object FromQuery(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> fields) =>
        Read(fields, (argument, _) => argument.Key, (argument, texts) => argument.FromText(texts, argument.Key), argument => argument.Key);

    /// <summary>The arguments from a JSON object.</summary>
    /// <exception cref="WrongArgumentException">A key is not known, or its value is not allowed.</exception>
    public object FromJson(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object
            ? Read(
                json.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value)),
                (argument, _) => argument.Key,
                (argument, value) => argument.FromJson(value),
                argument => argument.Key
            )
            : throw new WrongArgumentException("arguments", $"The arguments are {json.GetRawText()}; expected is a JSON object.");

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
    /// Makes each path of somebody at the machine absolute, from the folder they are in: the work may be done in another process, later.
    /// </summary>
    public void Root(object arguments, string folder)
    {
        foreach (var argument in All.Where(argument => argument.IsPath))
        {
            argument.MapText(arguments, path => Path.GetFullPath(path, folder));
        }
    }

    private object Read<T>(
        IEnumerable<KeyValuePair<string, T>> given,
        Func<DescribedArgument, string, string> nameOf,
        Func<DescribedArgument, T, object?> read,
        Func<DescribedArgument, string> spelled
    )
    {
        var (target, found) = (Create(), new HashSet<DescribedArgument>());
        foreach (var (name, value) in given)
        {
            var argument = Get(name, each => nameOf(each, name));
            argument.Set(target, read(argument, value));
            found.Add(argument);
        }

        return All.FirstOrDefault(argument => argument.IsRequired && !found.Contains(argument)) is { } missing
            ? throw new WrongArgumentException(spelled(missing), $"{spelled(missing)} is missing; it is needed.")
            : target;
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

    private object Create() => Activator.CreateInstance(type) ?? throw new NotSupportedException($"{type} cannot hold arguments.");
}
