using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Tradepost.Learning;
using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Learning.Clicks.Training;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Learning.Clicks;

/// <summary>
/// The options of a model as JSON: those of <see cref="ClickOptions"/> and, where a field needs more words than its kind, <c>fields</c>.
/// </summary>
internal static class ClickOptionsFile
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    // A name that comes twice is told while the text is read, not later as an error of the program.
    private static readonly JsonDocumentOptions Plain = new() { AllowDuplicateProperties = false };

    public static (ClickOptions Options, IReadOnlyList<ClickField> Fields) Read(string? path)
    {
        if (path is null)
        {
            return (new ClickOptions(), []);
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file {path}.");
        }

        try
        {
            if (JsonNode.Parse(File.ReadAllText(path), documentOptions: Plain) is not JsonObject document)
            {
                throw new UsageException($"{path} is not a JSON object.");
            }

            document.Remove("fields", out var fields);
            return (document.Deserialize<ClickOptions>(Form)!, fields?.Deserialize<List<ClickField>>(Form) ?? []);
        }
        catch (JsonException e)
        {
            throw new UsageException($"{path}, {JsonSentence.Of(e)}.");
        }
    }
}
