using System.Text.Json;

namespace Tradepost.Storage.Connections;

/// <summary>Reads the settings of <c>appsettings.json</c>: texts, numbers and booleans at the top, under the settings' names.</summary>
internal static class SettingsFile
{
    private static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
    };

    public static Dictionary<string, string> Parse(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                    .RootElement.EnumerateObject()
                    .Where(property =>
                        property.Value.ValueKind
                            is JsonValueKind.String
                                or JsonValueKind.Number
                                or JsonValueKind.True
                                or JsonValueKind.False
                    )
                    .ToDictionary(property => property.Name, property => property.Value.ToString(), StringComparer.Ordinal)
                : throw new ConfigurationException(path, "holds no JSON object.");
        }
        catch (JsonException e)
        {
            throw new ConfigurationException(path, $"is not JSON: {e.Message.Split(" Path:")[0].Split(" LineNumber:")[0]}", e);
        }
    }
}
