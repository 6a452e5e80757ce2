using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tradepost.Learning.Forecasting;

/// <summary>A seasonality's setting as Prophet writes it: true, false, "auto" or an order.</summary>
internal sealed class SeasonalitySettingConverter : JsonConverter<SeasonalitySetting>
{
    public override SeasonalitySetting Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.True => SeasonalitySetting.On,
            JsonTokenType.False => SeasonalitySetting.Off,
            JsonTokenType.String when reader.ValueTextEquals("auto") => SeasonalitySetting.Auto,
            JsonTokenType.Number when reader.TryGetInt32(out var order) && order >= 0 => SeasonalitySetting.OfOrder(order),
            _ => throw new JsonException("expected is true, false, \"auto\" or an order (0 or more)."),
        };

    public override void Write(Utf8JsonWriter writer, SeasonalitySetting value, JsonSerializerOptions options)
    {
        if (value.Order is > 0 and var order)
        {
            writer.WriteNumberValue(order);
        }
        else if (value == SeasonalitySetting.Auto)
        {
            writer.WriteStringValue("auto");
        }
        else
        {
            writer.WriteBooleanValue(value.IsOn);
        }
    }
}
