using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Tradepost.Jobs;
using Tradepost.Training.Registry;

namespace Tradepost.Marketplace.Sales;

/// <summary>What was learned, as a version of the registry's model, with how good it is.</summary>
internal static class SalesVersion
{
    public const string Model = "Units_from_reviews";

    private const string Deciding = "pinball";

    /// <summary>
    /// The version that estimates come from: a new one where what is known has changed, which replaces the one before it. There is nothing to
    /// decide about it: the rules are the same, and the newest sales say most.
    /// </summary>
    public static async Task<int> RegisterAsync(
        RegistryChange change,
        LearnedSales learned,
        BacktestResult? backtest,
        JobContext context,
        CancellationToken cancellationToken
    )
    {
        var artefact = JsonSerializer.SerializeToUtf8Bytes(learned.Describe());
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(artefact));
        if (
            await change.FindProductionAsync(Model, cancellationToken) is { } production
            && production.DataFingerprint == fingerprint
            && production.Metrics.ContainsKey("coverage_80") == backtest is not null
        )
        {
            return production.Version;
        }

        var by = context.Run?.AskedBy ?? SalesJob.Name;
        var (first, last) = learned.Period;
        var version = await change.RegisterAsync(
            Model,
            new NewVersion
            {
                Description = "Units that products of a marketplace sell, from their new reviews.",
                Kind = "shrunk_review_shares",
                Parameters = learned.Parameters(),
                Metrics = Metrics(backtest),
                DecidingMetric = Deciding,
                TrainedFrom = DateOnly.FromDayNumber(first).ToDateTime(TimeOnly.MinValue),
                TrainedTo = DateOnly.FromDayNumber(last + 1).ToDateTime(TimeOnly.MinValue),
                Rows = learned.Stretches + learned.KnownTotals.Count,
                DataFingerprint = fingerprint,
                CodeVersion = typeof(SalesVersion)
                    .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                    ?.InformationalVersion
                    ?? "unknown",
                Artefact = artefact,
                RunId = context.Run?.Id,
                CreatedBy = by,
            },
            cancellationToken
        );
        await change.PromoteAsync(
            Model,
            version.Version,
            new PromotionRequest
            {
                By = by,
                Reason = "learned from the newest known sales",
                Force = true,
            },
            cancellationToken
        );
        return version.Version;
    }

    private static Dictionary<string, Metric> Metrics(BacktestResult? backtest)
    {
        if (backtest is null)
        {
            return new Dictionary<string, Metric>
            {
                [Deciding] = new() { Value = double.NaN, Aim = MetricAim.Lower },
            };
        }

        var (model, month, constant) = (backtest.Model, backtest.LastMonth, backtest.Constant);
        return new Dictionary<string, Metric>
        {
            [Deciding] = Of(figures => figures.Pinball, MetricAim.Lower),
            ["within_1_25"] = Of(figures => figures.Within125, MetricAim.Higher),
            ["within_2"] = Of(figures => figures.Within2, MetricAim.Higher),
            ["bias"] = new()
            {
                Value = model.Bias,
                Aim = MetricAim.Nearest,
                Target = 0,
                Baseline = constant.Bias,
            },
            ["coverage_80"] = new()
            {
                Value = model.Coverage80 ?? double.NaN,
                Aim = MetricAim.Nearest,
                Target = 0.8,
            },
            ["new_products_pinball"] = new()
            {
                Value = backtest.NewProducts.Model.Pinball,
                Aim = MetricAim.Lower,
                Baseline = backtest.NewProducts.Constant.Pinball,
            },
            ["new_products_coverage_80"] = new()
            {
                Value = backtest.NewProducts.Model.Coverage80 ?? double.NaN,
                Aim = MetricAim.Nearest,
                Target = 0.8,
            },
        };

        Metric Of(Func<EstimateFigures, double> figure, MetricAim aim)
        {
            var (one, other) = (figure(month), figure(constant));
            return new Metric
            {
                Value = figure(model),
                Aim = aim,
                Baseline =
                    double.IsNaN(one) ? other
                    : aim == MetricAim.Lower ? Math.Min(one, other)
                    : Math.Max(one, other),
            };
        }
    }
}
