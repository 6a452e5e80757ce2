using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.App.Tables;
using Tradepost.Arguments;

namespace Tradepost.App.Learning;

/// <summary>What <c>forecast</c> was asked for.</summary>
internal sealed record ForecastRequest : PlacedTableOptions
{
    [Positional("FILE"), Description("a CSV file with a header line")]
    public required string File { get; init; }

    /// <summary>The file's text, where it is at hand; its name is then only what messages call it.</summary>
    internal string? Text { get; init; }

    [Description("Column of the times"), Placeholder("COLUMN")]
    public string Time { get; init; } = "ds";

    [Description("Column of the values, empty where missing"), Placeholder("COLUMN")]
    public string Value { get; init; } = "y";

    [Description("Steps to forecast")]
    public int Horizon { get; init; } = 30;

    [Description("How far apart steps are: S, min, H, D, W, M, Q or Y, also 15min, or QS for first days (default: as in the file)")]
    [Placeholder("F")]
    public string? Frequency { get; init; }

    [Description("What the model is made of, as JSON"), Placeholder("FILE")]
    public string? Options { get; init; }

    [Description("CSV of holiday, ds, lower_window, upper_window, prior_scale"), Placeholder("FILE")]
    public string? Holidays { get; init; }

    [Description("CSV of the rows to forecast, with the columns that the model uses"), Placeholder("FILE")]
    public string? Future { get; init; }

    [Description("Show what trend, seasonalities, holidays and regressors contribute")]
    public bool Components { get; init; }

    [Description("Forecast the past as well, and show how good that was")]
    public bool CrossValidate { get; init; }

    [Description("Correct the intervals by cross-validation")]
    public bool Calibrate { get; init; }

    [Description("Least steps before the first cutoff of a cross-validation (default 3 horizons, or the longest season)")]
    [Range(0, int.MaxValue, ErrorMessage = "expected is 0 or more")]
    public int? Initial { get; init; }

    [Description("Steps between its cutoffs (default half a horizon)"), Range(1, int.MaxValue, ErrorMessage = "expected is 1 or more")]
    public int? Period { get; init; }

    [Description("Write the forecast as CSV"), Placeholder("FILE")]
    public string? Out { get; init; }

    [Description("Draw it as SVG"), Placeholder("FILE")]
    public string? Plot { get; init; }

    [Description("Keep the fitted model as JSON"), Placeholder("FILE")]
    public string? Save { get; init; }
}
