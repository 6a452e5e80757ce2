using System.Text.Json;
using System.Text.Json.Serialization;
using Tradepost.Jobs;

namespace Tradepost.App.Api.Requests;

/// <summary>How JSON is written and read over HTTP: as results everywhere, and strictly.</summary>
internal static class JsonForm
{
    public const int Depth = 32;

    /// <summary>For reading what a client sent.</summary>
    public static JsonSerializerOptions Strict { get; } = CreateStrict();

    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JobJson.Options.PropertyNamingPolicy;
        options.Encoder = JobJson.Options.Encoder;
        foreach (var converter in JobJson.Options.Converters)
        {
            options.Converters.Add(converter);
        }
    }

    private static JsonSerializerOptions CreateStrict() => new(JobJson.Options)
    {
        MaxDepth = Depth,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
