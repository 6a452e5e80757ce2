using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Tradepost.Arguments;
using Tradepost.Learning;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Learning;

/// <summary>The options file of <c>fit</c>: a JSON object with scikit-learn's names, and <c>impute</c>.</summary>
internal sealed class FitOptions
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    private readonly string path;
    private readonly JsonObject values;

    private FitOptions(string path, JsonObject values) => (this.path, this.values) = (path, values);

    /// <summary>Whether empty cells of columns of numbers become the column's mean.</summary>
    public bool Impute { get; private init; }

    public static FitOptions Read(string? path)
    {
        if (path is null)
        {
            return new FitOptions("", []);
        }

        try
        {
            var text = File.Exists(path) ? File.ReadAllText(path) : throw new UsageException($"There is no file {path}.");
            var given =
                JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new UsageException($"{path} is no JSON object.");
            var impute = given["impute"]?.GetValue<bool>() ?? false;
            given.Remove("impute");
            return new FitOptions(path, given) { Impute = impute };
        }
        catch (JsonException e)
        {
            throw new UsageException($"{path}, {JsonSentence.Of(e)}.");
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new UsageException($"{path}: impute is neither true nor false.");
        }
    }

    /// <summary>The settings of a model.</summary>
    public T As<T>()
        where T : class, new()
    {
        string[] known = [.. typeof(T).GetProperties().Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))];
        foreach (var (name, _) in values)
        {
            if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw new UsageException($"{path}: there is no option {name}; {Suggest(name, [.. known, "impute"])}.");
            }
        }

        try
        {
            return values.Deserialize<T>(Form) ?? new T();
        }
        catch (JsonException e)
        {
            throw new UsageException($"{path}: {e.Path?.TrimStart('$', '.')} has a value that it cannot have.");
        }
    }

    private static string Suggest(string name, string[] known)
    {
        var nearest = known.MinBy(one => Spelling.Distance(name, one))!;
        return Spelling.Distance(name, nearest) <= Math.Max(2, name.Length / 3)
            ? $"perhaps {nearest} is meant"
            : $"it takes {string.Join(", ", known)}";
    }
}
