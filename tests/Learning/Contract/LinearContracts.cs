using System.Text;
using Tradepost.Learning.Regression;
using Tradepost.Learning.Regression.Kinds;
using Tradepost.Learning.Regression.Linear;

namespace Tradepost.Learning.Tests.Contract;

public abstract class RegressionContract : EstimatorContract<IRegressionModel>
{
    protected override int LeastRows => 2;

    protected static FeatureTable Table(ContractRows rows) => FeatureTable.FromRows(rows.Values, rows.Columns);

    protected override double[] Predict(IRegressionModel model, ContractRows rows) => model.Predict(Table(rows));

    protected override byte[] Save(IRegressionModel model) => Encoding.UTF8.GetBytes(model.ToJson());

    protected override IRegressionModel Load(byte[] saved) => RegressionModel.FromJson(Encoding.UTF8.GetString(saved));

    /// <summary>1 where the target is above its usual value; a target that is missing, infinite or constant stays what it is.</summary>
    protected static double[] Labels(double[] target) =>
        [
            .. target.Select(value =>
                !double.IsFinite(value) || value == 1 ? value
                : value > 2.3 ? 1.0
                : 0.0
            ),
        ];
}

public abstract class LinearContract : RegressionContract
{
    protected override Treatment MissingValue => Treatment.Refused;

    // Sums over rows are rounded in another order.
    protected override double? RowOrderTolerance => 1e-10;
}

public sealed class LinearRegressionContract : LinearContract
{
    protected override IRegressionModel Fit(ContractRows rows, long seed, int threads) =>
        LinearRegression.Fit(Table(rows), rows.Target, new LinearRegressionOptions { NJobs = threads });
}

public sealed class RidgeContract : LinearContract
{
    protected override IRegressionModel Fit(ContractRows rows, long seed, int threads) =>
        Ridge.Fit(Table(rows), rows.Target, new RidgeOptions { NJobs = threads });
}

public sealed class LassoContract : LinearContract
{
    protected override IRegressionModel Fit(ContractRows rows, long seed, int threads) =>
        Lasso.Fit(Table(rows), rows.Target, new LassoOptions { Alpha = 0.1, NJobs = threads });
}

public sealed class ElasticNetContract : LinearContract
{
    protected override IRegressionModel Fit(ContractRows rows, long seed, int threads) =>
        ElasticNet.Fit(Table(rows), rows.Target, new ElasticNetOptions { Alpha = 0.1, NJobs = threads });
}

public sealed class LogisticRegressionContract : LinearContract
{
    protected override Treatment ConstantTarget => Treatment.Refused;

    protected override IRegressionModel Fit(ContractRows rows, long seed, int threads) =>
        LogisticRegression.Fit(Table(rows), Labels(rows.Target), new LogisticRegressionOptions { NJobs = threads });
}
