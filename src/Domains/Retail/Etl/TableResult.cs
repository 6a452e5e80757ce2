namespace Tradepost.Retail.Etl;

/// <summary>What a run did to one table.</summary>
public sealed record TableResult
{
    public long Read { get; set; }

    public long Loaded { get; set; }

    public long Changed { get; set; }

    public long Rejected { get; set; }

    public long Deleted { get; set; }

    public long Differing { get; set; }
}
