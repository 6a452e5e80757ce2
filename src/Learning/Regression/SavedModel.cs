using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tradepost.Learning.Regression;

/// <summary>
/// The form that saved models share: one JSON object that begins with <c>model</c>, its kind, and <c>version</c>, that of the kind's form.
/// </summary>
internal static class SavedModel
{
    public static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    private static readonly JsonSerializerOptions Lax = new(Form) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip };

    public static ModelHeader Header(string json) => Parse<ModelHeader>(json, Lax);

    public static T Read<T>(string json, ModelHeader header, int version) =>
        header.Version == version
            ? Parse<T>(json, Form)
            : throw new FormatException(
                $"This {header.Model} was saved in version {header.Version} of its form; this program reads version {version}."
            );

    private static T Parse<T>(string json, JsonSerializerOptions form)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, form) ?? throw new FormatException("This is no saved model: it is null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"This is no saved model: {JsonSentence.Of(e)}.", e);
        }
    }
}
