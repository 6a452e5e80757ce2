using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;

namespace Tradepost.Marketplace.Loading;

/// <summary>Which files to load, and what they are where they do not say it.</summary>
public sealed record LoadOptions
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
