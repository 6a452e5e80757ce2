using Tradepost.Learning.Regression;
using Tradepost.Learning.Regression.Trees;

namespace Tradepost.Learning.Tests.Contract;

public abstract class TreeContract : RegressionContract
{
    protected override Treatment MissingValue => Treatment.Accepted;
}

public sealed class HistGradientBoostingRegressorContract : TreeContract
{
    protected override double? RowOrderTolerance => 1e-5; // derivatives become whole numbers of 2⁻²² and finer

    protected override IRegressionModel Fit(ContractRows rows, long seed, int threads) =>
        HistGradientBoosting.FitRegressor(
            Table(rows),
            rows.Target,
            new HistGradientBoostingOptions
            {
                MaxIter = 30,
                RandomState = seed,
                NJobs = threads,
            }
        );
}

public sealed class SampledHistGradientBoostingContract : TreeContract
{
    protected override double? RowOrderTolerance => null; // rows are drawn by position

    protected override IRegressionModel Fit(ContractRows rows, long seed, int threads) =>
        HistGradientBoosting.FitRegressor(
            Table(rows),
            rows.Target,
            new HistGradientBoostingOptions
            {
                MaxIter = 30,
                Subsample = 0.7,
                ColsampleBytree = 0.5,
                MaxLeafNodes = null,
                MaxDepth = 4,
                RandomState = seed,
                NJobs = threads,
            }
        );
}

public sealed class QuantileHistGradientBoostingContract : TreeContract
{
    protected override double? RowOrderTolerance => 1e-5;

    protected override IRegressionModel Fit(ContractRows rows, long seed, int threads) =>
        HistGradientBoosting.FitRegressor(
            Table(rows),
            rows.Target,
            new HistGradientBoostingOptions
            {
                Loss = BoostingLossKind.Quantile,
                Quantile = 0.8,
                MaxIter = 30,
                RandomState = seed,
                NJobs = threads,
            }
        );
}

public sealed class HistGradientBoostingClassifierContract : TreeContract
{
    protected override double? RowOrderTolerance => 1e-5;

    protected override Treatment ConstantTarget => Treatment.Refused;

    protected override IRegressionModel Fit(ContractRows rows, long seed, int threads) =>
        HistGradientBoosting.FitClassifier(
            Table(rows),
            Labels(rows.Target),
            new HistGradientBoostingOptions
            {
                MaxIter = 30,
                RandomState = seed,
                NJobs = threads,
            }
        );
}

public sealed class RandomForestRegressorContract : TreeContract
{
    protected override double? RowOrderTolerance => null; // rows are drawn by position

    protected override IRegressionModel Fit(ContractRows rows, long seed, int threads) =>
        RandomForest.FitRegressor(
            Table(rows),
            rows.Target,
            new RandomForestOptions
            {
                NEstimators = 20,
                RandomState = seed,
                NJobs = threads,
            }
        );
}

public sealed class RandomForestClassifierContract : TreeContract
{
    protected override double? RowOrderTolerance => null;

    protected override IRegressionModel Fit(ContractRows rows, long seed, int threads) =>
        RandomForest.FitClassifier(
            Table(rows),
            Labels(rows.Target),
            new RandomForestOptions
            {
                NEstimators = 20,
                MinSamplesLeaf = 3,
                RandomState = seed,
                NJobs = threads,
            }
        );
}
