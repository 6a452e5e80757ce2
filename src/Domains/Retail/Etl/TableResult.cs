using System.Text.Json.Serialization;

namespace Tradepost.Retail.Etl;

/// <summary>What a run did to one table.</summary>
public sealed record TableResult
{
    [JsonRequired]
    public long Read { get; set; }

    [JsonRequired]
    public long Loaded { get; set; }

    [JsonRequired]
    public long Changed { get; set; }

    [JsonRequired]
    public long Rejected { get; set; }

    [JsonRequired]
    public long Deleted { get; set; }

    [JsonRequired]
    public long Differing { get; set; }
}
