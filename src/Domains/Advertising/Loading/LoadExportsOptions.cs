using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;
using Tradepost.Jobs.Loading;

namespace Tradepost.Advertising.Loading;

/// <summary>Which exports to load, and what they are where they do not say it.</summary>
public sealed record LoadExportsOptions : FileLoadOptions
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
}
