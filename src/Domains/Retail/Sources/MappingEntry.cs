namespace Tradepost.Retail.Sources;

/// <summary>Where one of our tables comes from.</summary>
internal sealed record MappingEntry
{
    public string? From { get; set; }

    public string? Where { get; set; }

    public Dictionary<string, string?> Columns { get; } = new(StringComparer.Ordinal);
}
