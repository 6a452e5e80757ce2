using System.Text.Json.Serialization;
using Tradepost.Learning.Regression.Trees;

namespace Tradepost.Trading.Returns.Walking;

/// <summary>
/// The settings of a method at a horizon, with scikit-learn's names and meanings; null where the method has no such thing.
/// </summary>
internal sealed record MethodSettings
{
    private const double LassoWeight = 1e-4;

    /// <summary>
    /// Weight of the penalty: against the sum of squares for ridge, against half its mean for lasso and elastic net.
    /// </summary>
    public double? Alpha { get; init; }

    public double? L1Ratio { get; init; }

    public int? NEstimators { get; init; }

    public int? MaxDepth { get; init; }

    public int? MinSamplesLeaf { get; init; }

    public double? MaxFeatures { get; init; }

    public int? MaxIter { get; init; }

    public double? LearningRate { get; init; }

    public int? MaxLeafNodes { get; init; }

    public double? L2Regularization { get; init; }

    [JsonIgnore]
    public RandomForestOptions Forest =>
        new()
        {
            NEstimators = NEstimators!.Value,
            MaxDepth = MaxDepth,
            MinSamplesLeaf = MinSamplesLeaf!.Value,
            MaxFeatures = Learning.Regression.Trees.MaxFeatures.Share(MaxFeatures!.Value),
            NJobs = 1,
        };

    [JsonIgnore]
    public HistGradientBoostingOptions Boosting =>
        new()
        {
            MaxIter = MaxIter!.Value,
            LearningRate = LearningRate!.Value,
            MaxLeafNodes = MaxLeafNodes,
            MinSamplesLeaf = MinSamplesLeaf!.Value,
            L2Regularization = L2Regularization!.Value,
            NJobs = 1,
        };

    /// <summary>Those of the product. The weights of lasso and elastic net grow with returns, as the root of the horizon.</summary>
    public static MethodSettings Of(ReturnMethod method, int horizon) =>
        method switch
        {
            ReturnMethod.Ridge => new() { Alpha = 1000 },
            ReturnMethod.Lasso => new() { Alpha = LassoWeight * Math.Sqrt(horizon) },
            ReturnMethod.ElasticNet => new() { Alpha = 2 * LassoWeight * Math.Sqrt(horizon), L1Ratio = 0.5 },
            ReturnMethod.RandomForest => new()
            {
                NEstimators = 100,
                MaxDepth = 6,
                MinSamplesLeaf = 50,
                MaxFeatures = 0.33,
            },
            ReturnMethod.GradientBoosting => new()
            {
                MaxIter = 60,
                LearningRate = 0.03,
                MaxLeafNodes = 8,
                MinSamplesLeaf = 100,
                L2Regularization = 10,
            },
            _ => new(),
        };
}
