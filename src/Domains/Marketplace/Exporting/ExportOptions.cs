using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;

namespace Tradepost.Marketplace.Exporting;

/// <summary>Which table to export, and where to.</summary>
public sealed record ExportOptions
{
    [Description("The table, such as products, features_daily, offers or price_history.")]
    [Required]
    public string Table { get; init; } = "";

    [Description("The file to write: .csv, .csv.gz, or .parquet where the store is embedded.")]
    [FilePath]
    [Required]
    public string Out { get; init; } = "";
}

/// <summary>What was exported.</summary>
public sealed record ExportResult(string Table, string File, long Rows, long Bytes, double Seconds);
