using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;
using Tradepost.Storage.Files;

namespace Tradepost.App.Learning;

/// <summary>A series as a text, and how it is written.</summary>
internal abstract record SeriesText
{
    [Required]
    [Description("A header line and rows.")]
    [FreeText]
    public string Csv { get; init; } = "";

    [Description("The column of the times.")]
    public string Time { get; init; } = "ds";

    [Description("The column of the values, empty where missing.")]
    public string Value { get; init; } = "y";

    [Description("What stands between cells: comma, semicolon, tab or pipe; by default as in the text.")]
    public string? Delimiter { get; init; }

    [Description("What stands in numbers: point or comma; by default as in the text.")]
    public string? Decimal { get; init; }

    [Description("How times are written, where the text leaves it open: day/month/year, month/day/year, or a pattern such as dd.MM.yy.")]
    public string? DateFormat { get; init; }

    /// <summary>What is said about the form of the text.</summary>
    internal TableForm Form() => TableForm.Of(Delimiter, Decimal, DateFormat, encoding: null, isRequest: true);
}
