using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;

namespace Tradepost.Advertising.Loading;

/// <summary>Which exports to load, and what they are where they do not say it.</summary>
public sealed record LoadExportsOptions
{
    [Description("Exports of Meta, Google Ads, TikTok or Yandex Direct as CSV, compressed with gzip or not, zips of them, or folders.")]
    [Positional("FILE…")]
    [FilePath]
    [Required]
    public string[] Files { get; init; } = [];

    [Description("What a column is, as COLUMN=FIELD; FIELD - passes it over, segment divides an ad's day. May be given several times.")]
    [Placeholder("COLUMN=FIELD")]
    public string[] Map { get; init; } = [];

    [Description("The account that rows are of which name none.")]
    [Placeholder("ID")]
    public string Account { get; init; } = "default";

    [Description("Show what each column is, and load nothing.")]
    public bool DryRun { get; init; }

    [Description("The day of all rows; by default what their column says, or the lines above the header.")]
    public DateOnly? Day { get; init; }

    [Description("What stands between cells: comma, semicolon, tab or pipe; by default it is found.")]
    [Placeholder("SIGN")]
    public string? Delimiter { get; init; }

    [Description("The decimal sign: point or comma; by default it is found.")]
    [Placeholder("SIGN")]
    public string? Decimal { get; init; }

    [Description("How days are written, such as day/month/year or dd.MM.yy; by default it is found.")]
    [Placeholder("FORM")]
    public string? DateFormat { get; init; }

    [Description("utf-8, utf-16, windows-1251 or windows-1252; by default it is found.")]
    [Placeholder("NAME")]
    public string? Encoding { get; init; }

    [Description("Lines of a file that may be no rows before the load is stopped; by default any number.")]
    [Range(0L, long.MaxValue)]
    public long? MaxRejects { get; init; }

    [Description("Percent of a file's lines that may be no rows before the load is stopped, where that is more than 1,000 lines.")]
    [Range(0.0, 100.0)]
    public double MaxRejectShare { get; init; } = 50;
}
