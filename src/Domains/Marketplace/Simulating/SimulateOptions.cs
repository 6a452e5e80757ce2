using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;
using Tradepost.Jobs.Rights;

namespace Tradepost.Marketplace.Simulating;

/// <summary>Which marketplace to simulate, and where to put it.</summary>
public sealed record SimulateOptions
{
    /// <summary>More take much of the machine: they are simulated at its own command line.</summary>
    internal const int MostProductsOverHttp = 10_000;

    [Description("How many products.")]
    [Range(1, 5_000_000)]
    [Reserved(AskerRole.Operator, UpTo = MostProductsOverHttp)]
    public int Products { get; init; } = 300;

    [Description("How many days.")]
    [Range(10, 1_000)]
    public int Days { get; init; } = 120;

    [Description("Equal seeds make equal marketplaces.")]
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    [Description("How often each kind of decoy is shown: values that are not true, for the guard to find.")]
    [Range(0, 5)]
    public int Decoys { get; init; }

    [Description("The day the simulation ends at, exclusive; by default today.")]
    public DateOnly? Until { get; init; }

    [Description("A folder for products.csv, sales.csv and offers.csv; by default everything goes into the store.")]
    [FilePath]
    public string? Out { get; init; }
}
