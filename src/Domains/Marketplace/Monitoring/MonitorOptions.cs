using System.ComponentModel;
using Tradepost.Arguments;

namespace Tradepost.Marketplace.Monitoring;

/// <summary>What to collect.</summary>
public sealed record MonitorOptions
{
    [Description("Sources, by the names of their files in the data folder's sources; by default all of them.")]
    [Positional("SOURCE…")]
    public string[] Sources { get; init; } = [];

    [Description("Only show what the page of this product gives, and write nothing.")]
    [Placeholder("SKU")]
    public string? Try { get; init; }

    [Description("The day that is collected, in UTC; by default today.")]
    public DateOnly? Date { get; init; }

    [Description("Where what was seen goes: a CSV file a day, the store, or both, which are compared at the end.")]
    public MonitorTarget To { get; init; } = MonitorTarget.Both;
}

/// <summary>Where what was seen goes.</summary>
public enum MonitorTarget
{
    /// <summary>Into a CSV file and the store, compared at the end.</summary>
    Both,

    /// <summary>Into a CSV file.</summary>
    Csv,

    /// <summary>Into the store; the file that it follows is removed at the end.</summary>
    Store,
}
