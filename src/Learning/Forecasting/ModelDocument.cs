using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tradepost.Learning.Forecasting;

/// <summary>A model as it is kept: the version of the form and everything that was decided.</summary>
internal sealed record ModelDocument(
    string Kind,
    int Version,
    ProphetOptions Options,
    SeriesScale Scale,
    FeatureSet Features,
    DateTime[] Changepoints,
    ProphetParameters Parameters,
    double? Objective,
    IReadOnlyList<string> Notes,
    DateTime[] HistoryTimes
)
{
    private const string ThisKind = "prophet";
    private const int ThisVersion = 1;

    internal static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
            new SeasonalitySettingConverter(),
        },
    };

    public static string Write(ProphetModel model) =>
        JsonSerializer.Serialize(
            new ModelDocument(
                ThisKind,
                ThisVersion,
                model.Options,
                model.Scale,
                model.FeatureSet,
                model.Changepoints,
                model.Parameters,
                model.Objective,
                model.Notes,
                model.HistoryTimes
            ),
            Form
        );

    public static ProphetModel Read(string json)
    {
        ModelDocument? document;
        try
        {
            document = JsonSerializer.Deserialize<ModelDocument>(json, Form);
        }
        catch (JsonException e)
        {
            throw new FormatException($"This is not a saved Prophet model: {JsonSentence.Of(e)}.", e);
        }

        if (document is not { Kind: ThisKind, Version: ThisVersion })
        {
            throw new FormatException(
                $"This is a {document?.Kind ?? "null"} of version {document?.Version}; expected is a {ThisKind} of version {ThisVersion}."
            );
        }

        return new ProphetModel(
            document.Options,
            document.Scale,
            document.Features,
            document.Changepoints,
            document.Parameters,
            document.Objective,
            document.Notes,
            document.HistoryTimes
        );
    }
}
