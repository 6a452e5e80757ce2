using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tradepost.Jobs;

namespace Tradepost.App.Api.Requests;

/// <summary>How JSON is written over HTTP: as results everywhere.</summary>
internal static class JsonForm
{
    /// <summary>How deep a body may be nested.</summary>
    public const int Depth = 32;

    /// <summary>As results are written, for describing them.</summary>
    public static JsonSerializerOptions Described { get; } = new(JobJson.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JobJson.Options.PropertyNamingPolicy;
        options.Encoder = JobJson.Options.Encoder;
        foreach (var converter in JobJson.Options.Converters)
        {
            options.Converters.Add(converter);
        }
    }
}
