using System.Globalization;
using Tradepost.Learning.Forecasting;

namespace Tradepost.Learning.Tests.Forecasting;

/// <summary>Against R's Prophet 1.0 and the best optima known of its posterior.</summary>
public sealed class GoldenTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. GoldenConfiguration.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_exact_optimum_is_the_best_known(string name)
    {
        var golden = new GoldenConfiguration(name);

        var model = Prophet.Fit(golden.Options, golden.History, TestContext.Current.CancellationToken);

        var isConvex = golden.Options.Growth != Growth.Logistic && model.Features.All(feature => feature.Mode == SeasonalityMode.Additive);
        model.Objective!.Value.ShouldBeLessThan(golden.BestObjective() + (isConvex ? 0.01 : 1));
        model.Objective.Value.ShouldBeLessThan(golden.Golden.GetProperty("neg_log_posterior_core").GetDouble() + 1e-3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_exact_forecast_is_that_of_the_best_known_optimum(string name)
    {
        var golden = new GoldenConfiguration(name);
        var model = Prophet.Fit(golden.Options with { UncertaintySamples = 0 }, golden.History, TestContext.Current.CancellationToken);

        var forecast = model.Predict(golden.Future, TestContext.Current.CancellationToken);

        var best = golden.Table("best_forecast.csv");
        var differences = Differences(best.Numbers("yhat"), Row(forecast, best), golden.Range);
        var last = golden.History.Times.Max();
        var history = differences.Where((_, i) => best.Times("ds")[i] <= last).ToList();
        history.Max().ShouldBeLessThan(0.01);
        history.Average().ShouldBeLessThan(0.002);
        // The logistic trend's end is free: no data hold the last changes of its rate.
        differences.Max().ShouldBeLessThan(golden.Options.Growth == Growth.Logistic ? 0.03 : 0.01);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stans_optimizer_forecasts_as_R_does(string name)
    {
        var golden = new GoldenConfiguration(name);
        var model = Prophet.Fit(
            golden.Options with
            {
                Optimizer = Optimizer.Stan,
                UncertaintySamples = 0,
            },
            golden.History,
            TestContext.Current.CancellationToken
        );

        var forecast = model.Predict(golden.Future, TestContext.Current.CancellationToken);

        var reference = golden.Has("forecast.csv") ? golden.Table("forecast.csv") : golden.Table("best_forecast.csv");
        var yhat = golden.Has("forecast.csv")
            ? reference.Numbers("yhat")
            : Row(
                model.WithParameters(golden.ParametersOf(model)).Predict(golden.Future, TestContext.Current.CancellationToken),
                reference
            );
        Differences(yhat, Row(forecast, reference), golden.Range).Max().ShouldBeLessThan(ReferenceMachine.HasItsFunctions ? 1e-12 : 0.02);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stans_optimizer_stops_where_R_does(string name)
    {
        var golden = new GoldenConfiguration(name);

        var model = Prophet.Fit(golden.Options with { Optimizer = Optimizer.Stan }, golden.History, TestContext.Current.CancellationToken);

        // R wrote 15 digits.
        Farthest(Flat(model.Parameters), Flat(golden.ParametersOf(model)))
            .ShouldBeLessThan(ReferenceMachine.HasItsFunctions ? 1e-13 : 0.5);
        (-model.Objective!.Value).ShouldBe(
            golden.Golden.GetProperty("stan_value").GetDouble(),
            ReferenceMachine.HasItsFunctions ? 1e-8 : 2
        );
    }

    [Fact]
    public void Without_changepoints_Stans_optimizer_takes_one_at_the_start_as_R_does()
    {
        var golden = new GoldenConfiguration("peyton_default");

        var model = Prophet.Fit(
            golden.Options with
            {
                Optimizer = Optimizer.Stan,
                NChangepoints = 0,
            },
            golden.History,
            TestContext.Current.CancellationToken
        );

        // prophet(d, n.changepoints = 0)$params by R's prophet 1.0.
        var (k, m, sigma, beta) = (0.011390011125129763, 0.62697268848451448, 0.045845328340438939, -0.0034773915251054034);
        double[] ours = [model.Parameters.K, model.Parameters.M, model.Parameters.SigmaObs, model.Parameters.Beta[^1]];
        Farthest(ours, [k, m, sigma, beta]).ShouldBeLessThan(ReferenceMachine.HasItsFunctions ? 1e-15 : 1e-3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_objective_at_Rs_parameters_is_Rs(string name)
    {
        var golden = new GoldenConfiguration(name);
        var model = Prophet.Fit(golden.Options, golden.History, TestContext.Current.CancellationToken);

        var value = Problem(golden, model).Objective(golden.ParametersOf(model));

        var reference = golden.Golden.GetProperty("neg_log_posterior_core").GetDouble();
        value.ShouldBe(reference, 1e-6 * (1 + Math.Abs(reference)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Scaling_and_changepoints_are_Rs(string name)
    {
        var golden = new GoldenConfiguration(name);

        var model = Prophet.Fit(golden.Options, golden.History, TestContext.Current.CancellationToken);

        model.YScale.ShouldBe(golden.Golden.GetProperty("y_scale").GetDouble(), 1e-9);
        model.HistoryTimes.Length.ShouldBe(golden.Golden.GetProperty("n_history").GetInt32());
        model
            .Features.Select(feature => feature.PriorScale)
            .ShouldBe(
                golden.Vector("feature_names", item => item.GetString()!) is ["zeros"]
                    ? []
                    : golden.Vector("feature_prior_scales", item => item.GetDouble())
            );
        if (golden.Options.Growth != Growth.Flat)
        {
            model.Changepoints.ShouldBe(
                golden.Vector("changepoints", item => DateTime.Parse(item.GetString()!, CultureInfo.InvariantCulture))
            );
            var t = Problem(golden, model).Changepoints;
            t.Zip(golden.Vector("changepoints_t", item => item.GetDouble())).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
        }
    }

    [Theory]
    [InlineData("air_multiplicative")]
    [InlineData("peyton_default")]
    [InlineData("peyton_holidays")]
    [InlineData("wpR_logistic_cap")]
    public void The_design_matrices_are_Rs(string name)
    {
        var golden = new GoldenConfiguration(name);
        var model = Prophet.Fit(golden.Options, golden.History, TestContext.Current.CancellationToken);
        var problem = Problem(golden, model);
        var design = golden.Table("design.csv.gz");
        var future = golden.Table("design_future.csv.gz");

        var matrix = model.FeatureSet.Build(golden.Future, "rows", Optimizer.Exact, Cancelled);

        Farthest(problem.T, design.Numbers("t")).ShouldBeLessThan(1e-9);
        Farthest(problem.Y, design.Numbers("y_scaled")).ShouldBeLessThan(1e-9);
        Farthest(model.Scale.Times(golden.Future.Times), future.Numbers("t")).ShouldBeLessThan(1e-9);
        if (problem.Caps is { } caps)
        {
            Farthest(caps, design.Numbers("cap_scaled")).ShouldBeLessThan(1e-9);
        }

        foreach (var (feature, j) in model.Features.Select((feature, j) => (feature.Name, j)))
        {
            Farthest(problem.Features.AsSpan(j * problem.Rows, problem.Rows).ToArray(), design.Numbers(feature)).ShouldBeLessThan(1e-9);
            Farthest(matrix.AsSpan(j * future.Count, future.Count).ToArray(), future.Numbers(feature)).ShouldBeLessThan(1e-9);
        }
    }

    [Theory]
    [InlineData("air_multiplicative")]
    [InlineData("peyton_default")]
    [InlineData("peyton_holidays")]
    [InlineData("wpR_logistic_cap")]
    public void With_Rs_parameters_forecast_components_and_intervals_are_Rs(string name)
    {
        var golden = new GoldenConfiguration(name);
        var fitted = Prophet.Fit(golden.Options with { UncertaintySamples = 5_000 }, golden.History, TestContext.Current.CancellationToken);
        var model = fitted.WithParameters(golden.ParametersOf(fitted));
        var reference = golden.Table("forecast.csv");

        var forecast = model.Predict(golden.Future, TestContext.Current.CancellationToken);

        Farthest(Row(forecast, reference), reference.Numbers("yhat")).ShouldBeLessThan(1e-8 * model.YScale);
        Farthest(Row(forecast, reference, forecast.Trend), reference.Numbers("trend")).ShouldBeLessThan(1e-8 * model.YScale);
        forecast.Components.Count.ShouldBe(reference.Names.Count(column => reference.Names.Contains(column + "_lower")) - 2);
        foreach (var (component, values) in forecast.Components)
        {
            Farthest(Row(forecast, reference, values), reference.Numbers(component)).ShouldBeLessThan(1e-8 * model.YScale);
        }

        var isHistory = reference.Numbers("is_history").Select(flag => flag == 1).ToArray();
        foreach (
            var (side, values) in new[]
            {
                ("yhat_lower", forecast.YhatLower!),
                ("yhat_upper", forecast.YhatUpper!),
                ("trend_lower", forecast.TrendLower!),
                ("trend_upper", forecast.TrendUpper!),
            }
        )
        {
            CheckInterval(
                Row(forecast, reference, values),
                reference.Numbers($"mc_mean_{side}"),
                reference.Numbers($"mc_sd_{side}"),
                isHistory,
                isYhat: side.StartsWith('y')
            );
        }
    }

    /// <summary>The rule of the goldens' description: by the Monte Carlo error of the surrounding 31 rows.</summary>
    private static void CheckInterval(double[] ours, double[] mean, double[] deviation, bool[] isHistory, bool isYhat)
    {
        var scores = new List<(double Score, bool IsHistory)>();
        for (var i = 0; i < ours.Length; i++)
        {
            var around = deviation[Math.Max(0, i - 15)..Math.Min(ours.Length, i + 16)];
            var error = Math.Sqrt(around.Average(value => value * value)) * Math.Sqrt(1.2);
            if (isYhat || !isHistory[i])
            {
                scores.Add(((ours[i] - mean[i]) / error, isHistory[i]));
            }
        }

        Math.Abs(scores.Where(score => !score.IsHistory).Average(score => score.Score)).ShouldBeLessThan(1.0);
        if (isYhat)
        {
            // Just after the history hardly any future has bent yet: the bounds of the trend alone have next to no error to be judged by.
            scores.Count(score => Math.Abs(score.Score) <= 4).ShouldBeGreaterThanOrEqualTo((int)(0.995 * scores.Count));
            Math.Abs(scores.Where(score => score.IsHistory).Average(score => score.Score)).ShouldBeLessThan(0.3);
        }
    }

    private static MapProblem Problem(GoldenConfiguration golden, ProphetModel model) =>
        Prophet.Problem(
            golden.Options,
            Prophet.Observed(golden.History),
            model.Scale,
            model.FeatureSet,
            model.Changepoints,
            cancellationToken: Cancelled
        );

    private static double[] Row(Forecast forecast, Csv table, double[]? values = null)
    {
        var byTime = forecast
            .Times.Zip(values ?? forecast.Yhat)
            .DistinctBy(pair => pair.First)
            .ToDictionary(pair => pair.First, pair => pair.Second);
        return [.. table.Times("ds").Select(time => byTime[time])];
    }

    private static List<double> Differences(double[] reference, double[] ours, double range) =>
        [.. reference.Zip(ours, (a, b) => Math.Abs(a - b) / range)];

    private static double[] Flat(ProphetParameters parameters) =>
        [parameters.K, parameters.M, .. parameters.Delta, parameters.SigmaObs, .. parameters.Beta];

    private static double Farthest(double[] ours, double[] reference)
    {
        ours.Length.ShouldBe(reference.Length);
        return ours.Zip(reference, (a, b) => Math.Abs(a - b)).Max();
    }
}
