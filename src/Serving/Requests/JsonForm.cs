using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tradepost.Arguments;

namespace Tradepost.Serving.Requests;

/// <summary>How JSON is written over HTTP: as results everywhere.</summary>
internal static class JsonForm
{
    /// <summary>How deep a body may be nested.</summary>
    public const int Depth = 32;

    /// <summary>As results are written, for describing them.</summary>
    public static JsonSerializerOptions Described { get; } =
        new(ResultJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = ResultJson.Options.PropertyNamingPolicy;
        options.Encoder = ResultJson.Options.Encoder;
        foreach (var converter in ResultJson.Options.Converters)
        {
            options.Converters.Add(converter);
        }
    }
}
