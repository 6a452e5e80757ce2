using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;

namespace Tradepost.Trading.Importing;

/// <summary>Which files to import.</summary>
public sealed record ImportOptions
{
    [Description("CSV files of quotes or trades as Tardis writes them: .csv, .csv.gz, or .zip of these.")]
    [Positional("FILE…")]
    [FilePath]
    [Required]
    public string[] Files { get; init; } = [];

    [Description("Take a line that is the same as the one before it as a row, too.")]
    public bool KeepRepeated { get; init; }

    [Description("Lines of a file that may be no rows before the import is stopped; by default any number.")]
    [Range(0L, long.MaxValue)]
    public long? MaxRejects { get; init; }

    [Description("Percent of a file's lines that may be no rows before the import is stopped, where that is more than 1,000 lines.")]
    [Range(0.0, 100.0)]
    public double MaxRejectShare { get; init; } = 50;
}
