using System.ComponentModel;
using Tradepost.App.Tables;
using Tradepost.Arguments;

namespace Tradepost.App.Learning;

/// <summary>What <c>detect</c> was asked.</summary>
internal sealed record DetectRequest : PlacedTableOptions
{
    [Positional("FILE"), Description("a CSV file with a header line")]
    public required string File { get; init; }

    [Description("Column of the times"), Placeholder("COLUMN")]
    public string Time { get; init; } = "timestamp";

    [Description("Column of the values, empty where missing"), Placeholder("COLUMN")]
    public string Value { get; init; } = "value";

    [Description("Judge each row by all others, later ones too; not only by those before it")]
    public bool Whole { get; init; }

    [Description("Write a row per row as CSV: timestamp, value, anomaly_score, lower, upper, reason"), Placeholder("FILE")]
    public string? Out { get; init; }

    [Description("Draw it as SVG"), Placeholder("FILE")]
    public string? Plot { get; init; }
}
