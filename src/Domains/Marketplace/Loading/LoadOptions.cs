using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;
using Tradepost.Jobs.Loading;

namespace Tradepost.Marketplace.Loading;

/// <summary>Which files to load, and what they are where they do not say it.</summary>
public sealed record LoadOptions : FileLoadOptions
{
    [Description("CSV files, compressed with gzip or not, zips of them, or folders.")]
    [Positional("FILE…")]
    [FilePath]
    [Required]
    public string[] Files { get; init; } = [];

    [Description("What the rows are; by default what the columns say.")]
    public ListingKind? Kind { get; init; }

    [Description("What a column is, as COLUMN=FIELD; FIELD - passes it over. May be given several times.")]
    [Placeholder("COLUMN=FIELD")]
    public string[] Map { get; init; } = [];

    [Description("What the columns of files without a header are, such as sku,merchant,price,url; - passes one over.")]
    [Placeholder("LIST")]
    public string? Columns { get; init; }

    [Description("Show what each column is, and load nothing.")]
    public bool DryRun { get; init; }

    [Description("The day of rows that name none; by default the one in the file's name, or else the day the file was written.")]
    public DateOnly? Day { get; init; }
}
