using System.ComponentModel;

namespace Tradepost.Retail.Rejects;

/// <summary>Which rejected rows to look at again.</summary>
public sealed record ReplayOptions
{
    [Description("Only rows of this source table, such as payments; by default of all.")]
    public string? Table { get; init; }
}
