using Tradepost.Trading.Returns.Figures;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Tests.Returns;

/// <summary>Every figure against a computation of its own, written another way.</summary>
public sealed class FigureTests
{
    private const double Close = 1e-9;
    private const int Horizon = 6;

    private static readonly WalkSettings Settings = new();
    private static readonly JudgedReturns Some = Make(3950);
    private static readonly ReturnFigures Figures = new FigureReckoner(Settings, Horizon).Of(Some);

    private static double[] Y => Some.Actual;

    private static double[] F => Some.Forecast;

    [Fact]
    public void Errors_are_those_of_the_definitions()
    {
        Figures.N.ShouldBe(3950);
        Figures.Rmse.ShouldBe(Math.Sqrt(Y.Zip(F, (y, f) => Math.Pow(y - f, 2)).Average()), Close);
        Figures.Mae.ShouldBe(Y.Zip(F, (y, f) => Math.Abs(y - f)).Average(), Close);
        Figures.RmseZero.ShouldBe(Math.Sqrt(Y.Average(y => y * y)), Close);
        Figures.R2Zero!.Value.ShouldBe(1 - (Y.Zip(F, (y, f) => Math.Pow(y - f, 2)).Sum() / Y.Sum(y => y * y)), Close);
        Figures.R2Mean!.Value.ShouldBe(
            1 - (Y.Zip(F, (y, f) => Math.Pow(y - f, 2)).Sum() / Y.Zip(Some.TrainMean, (y, m) => Math.Pow(y - m, 2)).Sum()),
            Close
        );
    }

    [Fact]
    public void Accuracy_leaves_out_returns_of_zero_and_stands_beside_the_share_of_rises()
    {
        var moved = Enumerable.Range(0, Y.Length).Where(i => Y[i] != 0).ToList();

        moved.Count.ShouldBeLessThan(Y.Length);
        Figures.DirectionalAccuracy!.Value.ShouldBe(moved.Count(i => Y[i] * F[i] > 0) / (double)moved.Count, Close);
        Figures.UpShare!.Value.ShouldBe(moved.Count(i => Y[i] > 0) / (double)moved.Count, Close);
    }

    [Fact]
    public void Correlations_are_Pearsons_and_that_of_ranks()
    {
        Figures.Ic!.Value.ShouldBe(Pearson(F, Y), Close);
        Figures.RankIc!.Value.ShouldBe(Pearson(Ranks(F), Ranks(Y)), Close);
        Figures.CalibrationSlope!.Value.ShouldBe(
            Pearson(F, Y) * Math.Sqrt(Y.Average(y => Math.Pow(y - Y.Average(), 2)) / F.Average(f => Math.Pow(f - F.Average(), 2))),
            Close
        );
    }

    [Fact]
    public void The_ratio_of_correlations_is_over_calendar_months()
    {
        var months = Enumerable
            .Range(0, Y.Length)
            .GroupBy(i => Some.Times[i].ToString("yyyy-MM"))
            .Where(month => month.Count() >= 100)
            .Select(month => Pearson([.. month.Select(i => F[i])], [.. month.Select(i => Y[i])]))
            .ToList();

        months.Count.ShouldBe(6);
        Figures.IcIr!.Value.ShouldBe(
            months.Average() / Math.Sqrt(months.Sum(ic => Math.Pow(ic - months.Average(), 2)) / (months.Count - 1)),
            Close
        );
    }

    [Fact]
    public void Sharpe_ratios_turnover_and_drawdown_are_averages_over_the_hours_to_enter()
    {
        var (gross, net, turnover, drawdown) = Trade(least: 0);

        Figures.SharpeGross!.Value.ShouldBe(gross, Close);
        Figures.SharpeNet!.Value.ShouldBe(net, Close);
        Figures.Turnover!.Value.ShouldBe(turnover, Close);
        Figures.MaxDrawdown!.Value.ShouldBe(drawdown, Close);
    }

    [Fact]
    public void The_decision_layer_acts_where_a_forecast_exceeds_the_cost_by_a_factor()
    {
        var least = 2 * 0.0005;
        var (gross, net, turnover, _) = Trade(least);
        var acted = Enumerable.Range(0, Y.Length).Where(i => Math.Abs(F[i]) > least).ToList();

        Figures.ActedShare!.Value.ShouldBe(acted.Count / (double)Y.Length, Close);
        Figures.ActedAccuracy!.Value.ShouldBe(
            acted.Where(i => Y[i] != 0).Count(i => Y[i] * F[i] > 0) / (double)acted.Count(i => Y[i] != 0),
            Close
        );
        Figures.ActedSharpeGross!.Value.ShouldBe(gross, Close);
        Figures.ActedSharpeNet!.Value.ShouldBe(net, Close);
        Figures.ActedTurnover!.Value.ShouldBe(turnover, Close);
    }

    [Fact]
    public void Coverage_is_the_share_within_the_interval()
    {
        Figures.Coverage80!.Value.ShouldBe(
            Enumerable.Range(0, Y.Length).Count(i => Some.Lower[i] <= Y[i] && Y[i] <= Some.Upper[i]) / (double)Y.Length,
            Close
        );
        Figures.Width80!.Value.ShouldBe(Enumerable.Range(0, Y.Length).Average(i => Some.Upper[i] - Some.Lower[i]), Close);
    }

    [Fact]
    public void A_forecast_of_no_change_has_no_direction_and_no_correlation()
    {
        var zero = new FigureReckoner(Settings, Horizon).Of(Some with { Forecast = new double[Y.Length] });

        zero.R2Zero.ShouldBe(0);
        zero.Rmse.ShouldBe(zero.RmseZero);
        zero.DirectionalAccuracy.ShouldBeNull();
        zero.Ic.ShouldBeNull();
        zero.RankIc.ShouldBeNull();
        zero.SharpeGross.ShouldBeNull();
        zero.Turnover.ShouldBe(0);
        zero.ActedAccuracy.ShouldBeNull();
    }

    private static (double Gross, double Net, double Turnover, double Drawdown) Trade(double least)
    {
        var (gross, net, turnover, drawdown) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var phase = 0; phase < Horizon; phase++)
        {
            var rows = Enumerable
                .Range(0, Y.Length)
                .Where(i => (long)(Some.Times[i] - DateTime.MinValue).TotalHours % Horizon == phase)
                .ToList();
            var positions = rows.Select(i => Math.Abs(F[i]) > least ? (F[i] > 0 ? 1.0 : -1.0) : 0.0).ToList();
            var changes = positions.Select((position, k) => Math.Abs(position - (k == 0 ? 0 : positions[k - 1]))).ToList();
            var before = positions.Select((position, k) => position * Y[rows[k]]).ToList();
            var after = before.Select((value, k) => value - (0.0005 * changes[k])).ToList();
            gross.Add(Sharpe(before));
            net.Add(Sharpe(after));
            turnover.Add(changes.Average());
            var sums = after.Select((_, k) => after.Take(k + 1).Sum()).ToList();
            drawdown.Add(sums.Select((sum, k) => Math.Max(0, sums.Take(k + 1).Max()) - sum).Max());
        }

        return (gross.Average(), net.Average(), turnover.Average(), drawdown.Average());
    }

    private static double Sharpe(List<double> values)
    {
        var mean = values.Sum() / values.Count;
        var variance = values.Sum(value => Math.Pow(value - mean, 2)) / (values.Count - 1);
        return mean / Math.Sqrt(variance) * Math.Sqrt(8760.0 / Horizon);
    }

    private static double Pearson(double[] x, double[] y)
    {
        var (mx, my) = (x.Average(), y.Average());
        var covariance = x.Zip(y, (a, b) => (a - mx) * (b - my)).Average();
        return covariance / Math.Sqrt(x.Average(a => Math.Pow(a - mx, 2)) * y.Average(b => Math.Pow(b - my, 2)));
    }

    private static double[] Ranks(double[] values) =>
        [.. values.Select(value => values.Count(other => other < value) + ((1 + values.Count(other => other == value)) / 2.0))];

    private static JudgedReturns Make(int rows)
    {
        var random = new Random(3);
        double[] forecast = [.. Enumerable.Range(0, rows).Select(_ => 0.004 * (random.NextDouble() - 0.5))];
        double[] actual = [.. forecast.Select((f, i) => i % 97 == 0 ? 0 : (0.5 * f) + (0.03 * (random.NextDouble() - 0.49)))];
        return new JudgedReturns(
            [.. Enumerable.Range(0, rows).Select(i => new DateTime(2023, 1, 20, 5, 0, 0, DateTimeKind.Utc).AddHours(i))],
            actual,
            forecast,
            [.. Enumerable.Range(0, rows).Select(i => 0.0001 * (i / 720))],
            [.. forecast.Select(f => f - 0.012)],
            [.. forecast.Select(f => f + 0.011)]
        );
    }
}
