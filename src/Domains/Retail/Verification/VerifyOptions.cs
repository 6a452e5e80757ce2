using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Jobs.Rights;
using Tradepost.Retail.Generation;

namespace Tradepost.Retail.Verification;

/// <summary>How large a shop to prove the deployment with.</summary>
public sealed record VerifyOptions
{
    [Description("Multiplies 50 customers, 600 orders and their payments.")]
    [Range(1, 1000)]
    [Reserved(AskerRole.Operator, UpTo = ShopOptions.LargestScaleOverHttp)]
    public int Scale { get; init; } = 20;

    [Description("Makes the shop and the moments at which runs are killed.")]
    [Range(int.MinValue, int.MaxValue)]
    public int Seed { get; init; } = ShopOptions.DefaultSeed;

    [Description("How many runs to kill half way.")]
    [Range(0, 100)]
    public int Kills { get; init; } = 3;
}
