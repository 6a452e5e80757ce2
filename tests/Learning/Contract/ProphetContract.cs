using System.Text;
using Tradepost.Learning.Forecasting;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Contract;

/// <summary>Column 0 is the day, column 1 a regressor.</summary>
public sealed class ProphetContract : EstimatorContract<ProphetModel>
{
    protected override ContractRows Rows { get; } = Days(0, 200);

    protected override ContractRows Questions { get; } = Days(150, 100);

    protected override int LeastRows => 2;

    protected override double? RowOrderTolerance => 0;

    protected override int SpoiltColumn => 1;

    protected override Treatment MissingValue => Treatment.Refused;

    protected override Treatment MissingTarget => Treatment.Accepted;

    protected override ProphetModel Fit(ContractRows rows, long seed, int threads) =>
        Prophet.FitMany(
            new ProphetOptions { Seed = seed, Regressors = [new Regressor("price")] },
            [Series(rows) with { Values = rows.Target }],
            threads
        )[0];

    protected override double[] Predict(ProphetModel model, ContractRows rows)
    {
        var forecast = model.Predict(Series(rows));
        return [.. rows.Column(0).Select(day => forecast.Yhat[Array.IndexOf(forecast.Times, Time(day))])];
    }

    protected override byte[] Save(ProphetModel model) => Encoding.UTF8.GetBytes(model.ToJson());

    protected override ProphetModel Load(byte[] saved) => ProphetModel.FromJson(Encoding.UTF8.GetString(saved));

    private static TimeSeries Series(ContractRows rows) =>
        new()
        {
            Times = [.. rows.Column(0).Select(Time)],
            Columns = new Dictionary<string, double[]> { ["price"] = rows.Column(1) },
        };

    private static DateTime Time(double day) => new DateTime(2024, 1, 1).AddDays(day);

    private static ContractRows Days(int from, int count)
    {
        double[] values = [.. Enumerable.Range(from, count).SelectMany(day => new[] { day, 10 + Math.Cos(day / 9.0) })];
        double[] target =
        [
            .. Enumerable
                .Range(from, count)
                .Select(day => 50 + (0.1 * day) + (3 * Math.Sin(2 * Math.PI * day / 7)) + new RandomStream(day).NextNormal()),
        ];
        return new ContractRows(2, values, target);
    }
}
