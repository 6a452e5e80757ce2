using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.App.Tables;
using Tradepost.Arguments;

namespace Tradepost.App.Learning.Clicks;

/// <summary>What <c>clicks train</c> was asked for.</summary>
internal sealed record ClickTrainRequest : TimedTableOptions
{
    [Positional("FILE"), FilePath, Description("a CSV file with a header line")]
    public required string File { get; init; }

    [Description("Column that is 1 for a click and 0 for none"), Placeholder("COLUMN")]
    public string Label { get; init; } = "click";

    [Description("Columns to learn from: site,genres:multi,price:bucket,age:scale"), Placeholder("LIST")]
    public required string Fields { get; init; }

    [Description("Column of the times; the last rows judge the model then"), Placeholder("COLUMN")]
    public string? Time { get; init; }

    [Description("Rows that judge the model, instead of some of FILE"), Placeholder("FILE"), FilePath]
    public string? Validation { get; init; }

    [Description("What the model is made of, as JSON"), Placeholder("FILE"), FilePath]
    public string? Options { get; init; }

    [Description("Where to keep the model"), Placeholder("MODEL"), FilePath]
    public required string Save { get; init; }

    [Description("Where to keep what is done after every epoch, and to go on from"), Placeholder("FILE"), FilePath]
    public string? Checkpoint { get; init; }

    [Description("Threads to use (default one per processor); the model is the same")]
    [Range(1, 1024, ErrorMessage = "expected is 1 to 1024")]
    public int? Threads { get; init; }
}
