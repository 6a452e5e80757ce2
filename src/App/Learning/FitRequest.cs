using System.ComponentModel;
using Tradepost.App.Tables;
using Tradepost.Arguments;
using Tradepost.Storage.Files;

namespace Tradepost.App.Learning;

/// <summary>What <c>fit</c> was asked for.</summary>
internal sealed record FitRequest : TableOptions
{
    [Positional("FILE"), Description("a CSV file with a header line")]
    public required string File { get; init; }

    [Description("Column to predict"), Placeholder("COLUMN")]
    public required string Target { get; init; }

    [ModelDescription, Placeholder("NAME")]
    public required string Model { get; init; }

    [Description("Columns of texts that look like numbers: zip,id"), Placeholder("LIST")]
    public string? Categories { get; init; }

    [Description("Settings by scikit-learn's names, as JSON"), Placeholder("FILE")]
    public string? Options { get; init; }

    [Description("CSV of rows to judge the model by (default: a fifth of the rows, held out)"), Placeholder("FILE")]
    public string? Test { get; init; }

    [Description("Keep the fitted model, for score"), Placeholder("FILE")]
    public string? Save { get; init; }

    [Description("Draw predictions against what came, and what matters most, as SVG"), Placeholder("FILE")]
    public string? Plot { get; init; }

    private protected override TableForm Said() =>
        base.Said() with
        {
            Texts = Categories?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        };

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class ModelDescriptionAttribute() : DescriptionAttribute($"What to fit: {FitModels.Names}");
}
