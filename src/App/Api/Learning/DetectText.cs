using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Jobs;

namespace Tradepost.App.Api.Learning;

internal sealed record DetectText
{
    [Required]
    [Description("A header line and rows.")]
    [FreeText]
    public string Csv { get; init; } = "";

    [Description("The column of the times.")]
    public string Time { get; init; } = "ds";

    [Description("The column of the values, empty where missing.")]
    public string Value { get; init; } = "y";
}
