using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Jobs.Rights;

namespace Tradepost.Retail.Generation;

/// <summary>What shop to generate, or how long an existing one goes on.</summary>
public sealed record GenerateOptions
{
    [Description("Multiplies 50 customers, 600 orders and their payments.")]
    [Range(1, ShopOptions.LargestScale)]
    [Reserved(AskerRole.Operator, UpTo = ShopOptions.LargestScaleOverHttp)]
    public int Scale { get; init; } = 1;

    [Description("Equal seeds make equal shops.")]
    [Range(int.MinValue, int.MaxValue)]
    public int Seed { get; init; } = ShopOptions.DefaultSeed;

    [Description("Percent of rows to make bad in named ways.")]
    [Range(0.0, 50.0)]
    public double Dirty { get; init; }

    [Description("The day the two years of orders end at, exclusive; by default today.")]
    public DateOnly? Until { get; init; }

    [Description("Let this many days pass in the shop that is there, instead of making a new one.")]
    [Range(1, ShopSimulator.MostDays)]
    public int? Advance { get; init; }

    [Reserved(AskerRole.Admin)]
    [Description("Replace tables even if they were not generated: their rows are lost.")]
    public bool Force { get; init; }
}
