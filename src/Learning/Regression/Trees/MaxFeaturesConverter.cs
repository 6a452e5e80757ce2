using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>A rule's name or a number.</summary>
internal sealed class MaxFeaturesConverter : JsonConverter<MaxFeatures>
{
    public override MaxFeatures Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString() switch
            {
                "sqrt" => MaxFeatures.Sqrt,
                "log2" => MaxFeatures.Log2,
                _ => throw new JsonException(),
            };
        }

        return
            reader.TokenType == JsonTokenType.Number
            && reader.GetDouble() is var number
            && number is > 0 and (<= 1 or >= 2)
            && (number <= 1 || number == Math.Floor(number))
            ? number <= 1
                ? MaxFeatures.Share(number)
                : MaxFeatures.Count((int)number)
            : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, MaxFeatures value, JsonSerializerOptions options)
    {
        if (value.Rule is { } rule)
        {
            writer.WriteStringValue(rule);
        }
        else
        {
            writer.WriteNumberValue(value.Number);
        }
    }
}
