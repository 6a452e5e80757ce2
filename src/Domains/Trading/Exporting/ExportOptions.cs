using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;

namespace Tradepost.Trading.Exporting;

/// <summary>What to export, and where to.</summary>
public sealed record ExportOptions
{
    [Description("The file to write: .csv, .csv.gz, or .parquet where the store is embedded.")]
    [FilePath]
    [Required]
    public string Out { get; init; } = "";

    [Description("What to export.")]
    public ExportTable Table { get; init; }

    [Description("Only this symbol.")]
    public string? Symbol { get; init; }

    [Description("Only this exchange; of quotes and candles.")]
    public string? Exchange { get; init; }

    [Description("Only this day, UTC by the exchange's time.")]
    public DateOnly? Day { get; init; }

    [Description("Only from this moment on.")]
    public DateTime? From { get; init; }

    [Description("Only before this moment.")]
    public DateTime? To { get; init; }
}
