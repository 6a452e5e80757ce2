namespace Tradepost.Retail.Sources;

/// <summary>A mapping file as it stands. A name with nothing behind it is there without a value.</summary>
internal sealed record MappingDocument
{
    public Dictionary<string, MappingEntry?> Tables { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<string>?> AcceptedValues { get; } = new(StringComparer.Ordinal);
}
