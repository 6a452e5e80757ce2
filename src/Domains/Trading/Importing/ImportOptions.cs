using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Jobs;

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
}
