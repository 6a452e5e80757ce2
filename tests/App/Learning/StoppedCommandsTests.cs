using System.Globalization;
using System.Text;
using Tradepost.App.Learning;
using Tradepost.Learning.Numerics;
using Tradepost.Learning.Regression;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Learning;

/// <summary>
/// Commands that are stopped in the middle: they end within two seconds (five are allowed here, for a machine on which other tests run), say so, and leave
/// nothing.
/// </summary>
public sealed class StoppedCommandsTests : IDisposable
{
    private const int Stopped = 130;

    private static readonly TimeSpan Begun = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Models => [.. FitModels.All.Select(model => model.Name)];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_fit_is_stopped(string signal)
    {
        folder.Write("rows.csv", Numbers(2000, 5));
        folder.Write("options.json", """{"max_iter": 1000000}""");

        await StopAsync(
            signal,
            ["fit", "rows.csv", "--target", "y", "--model", "boosting", "--options", "options.json", "--save", "m.json", "--plot", "p.svg"]
        );
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_forecast_and_its_cross_validation_are_stopped(string signal)
    {
        folder.Write("series.csv", Series(20_000, TimeSpan.FromDays(1)));

        await StopAsync(
            signal,
            ["forecast", "series.csv", "--cross-validate", "--period", "1", "--out", "f.csv", "--plot", "p.svg", "--save", "m.json"]
        );
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_search_for_anomalies_is_stopped(string signal)
    {
        folder.Write("series.csv", Series(800_000, TimeSpan.FromMinutes(1)));

        await StopAsync(signal, ["detect", "series.csv", "--time", "ds", "--value", "y", "--whole", "--out", "a.csv", "--plot", "p.svg"]);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_training_of_clicks_is_stopped(string signal)
    {
        folder.Write("clicks.csv", Clicks(20_000));
        folder.Write("options.json", """{"epochs": 1000000, "patience": 1000000}""");

        await StopAsync(
            signal,
            ["clicks", "train", "clicks.csv", "--fields", "site,ad", "--options", "options.json", "--save", "m.clicks"]
        );
    }

    [Theory]
    [InlineData("fit", "TERM")]
    [InlineData("forecast", "INT")]
    [InlineData("detect", "TERM")]
    [InlineData("score", "INT")]
    public async Task A_command_that_waits_for_its_input_is_stopped(string command, string signal)
    {
        folder.Write("few.csv", Numbers(50, 2));
        await Tradepost.RunJsonAsync("fit", "few.csv", "--target", "y", "--model", "ridge", "--save", "m.json");
        await Commands.RunAsync("mkfifo", [folder.Combine("never.csv")]);

        await StopAsync(
            signal,
            command switch
            {
                "fit" => ["fit", "never.csv", "--target", "y", "--model", "ridge", "--save", "new.json"],
                "score" => ["score", "m.json", "never.csv", "--out", "new.csv"],
                _ => [command, "never.csv", "--out", "new.csv"],
            }
        );
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Every_model_that_fit_knows_stops(string model)
    {
        var (rows, target) = Rows(model);
        folder.Write("options.json", """{"alpha": 1e-6}""");
        var options = FitOptions.Read(model is "lasso" or "elastic_net" ? folder.Combine("options.json") : null);
        using var stop = new CancellationTokenSource();
        var running = Task.Factory.StartNew(
            () => Named(model).Fit(rows, target, options, stop.Token),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(300), Cancelled));
        running.IsCompleted.ShouldBeFalse($"{model} was over before it could be stopped");

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running.WaitAsync(Bound, Cancelled));
    }

    [Fact]
    public async Task What_is_too_large_is_refused_with_figures_before_it_begins()
    {
        folder.Write("rows.csv", Numbers(200, 3));
        folder.Write("options.json", """{"n_estimators": 2000000000}""");
        folder.Write("series.csv", Series(100, TimeSpan.FromDays(1)));

        var forest = await Tradepost.RunAsync("fit", "rows.csv", "--target", "y", "--model", "random_forest", "--options", "options.json");
        var forecast = await Tradepost.RunAsync("forecast", "series.csv", "--horizon", "2000000000");

        (forest.ExitCode, forecast.ExitCode).ShouldBe((2, 2));
        forest.Errors.ShouldContain("A random forest of 2,000,000,000 trees on 200 rows and 3 columns would take about");
        forest.Errors.ShouldContain("Fewer trees");
        forest.Errors.ShouldNotContain("Parameter");
        forecast.Errors.ShouldContain("A forecast of 2,000,000,000 rows would take about");
    }

    [Fact]
    public async Task A_drawing_of_values_between_which_there_are_no_round_numbers_ends()
    {
        folder.Write(
            "series.csv",
            "ds,y\n" + string.Concat(Enumerable.Range(1, 28).Select(day => $"2024-01-{day:00},{1e16 + (2 * (day % 2)):R}\n"))
        );

        using var process = Tradepost.Start("detect", "series.csv", "--time", "ds", "--value", "y", "--plot", "p.svg");
        var result = await TradepostProcess.FinishAsync(process).WaitAsync(TimeSpan.FromMinutes(1), Cancelled);

        result.ExitCode.ShouldBe(0);
        new FileInfo(folder.Combine("p.svg")).Length.ShouldBeLessThan(100_000);
    }

    public void Dispose() => folder.Dispose();

    private TradepostProcess Tradepost => new(folder.Path) { TakesSignals = true };

    private async Task StopAsync(string signal, string[] arguments)
    {
        var before = Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).ToArray();
        using var process = Tradepost.Start(arguments);
        var ending = TradepostProcess.FinishAsync(process);
        await Task.WhenAny(ending, Task.Delay(Begun, Cancelled));
        ending.IsCompleted.ShouldBeFalse(ending.IsCompleted ? (await ending).Errors : "");

        await Commands.RunAsync("kill", [$"-{signal}", process.Id.ToString()]);
        var result = await ending.WaitAsync(Bound, Cancelled);

        (result.ExitCode, result.Output).ShouldBe((Stopped, ""));
        result.Errors.TrimEnd().ShouldEndWith("Stopped.");
        Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).ShouldBe(before);
    }

    /// <summary>So many that a fit with the usual options takes far more than two seconds.</summary>
    private static (FeatureTable Rows, double[] Target) Rows(string model)
    {
        var (count, columns) = model switch
        {
            "logistic_regression" => (30_000, 600),
            _ when Named(model).IsLinear => (3200, 3000),
            _ => (300_000, 200),
        };
        var random = new RandomStream(7);
        var isRepeated = !Named(model).IsLinear;
        double[] Noise() => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
        var one = Noise();
        double[][] values = [.. Enumerable.Range(0, columns).Select(_ => isRepeated ? one : Noise())];
        var target = Noise();
        return (
            new FeatureTable([.. Enumerable.Range(0, columns).Select(column => $"x{column}")], values),
            Named(model).IsClassifier ? [.. target.Select(value => value > 0 ? 1.0 : 0)] : target
        );
    }

    private static FitModel Named(string model) => FitModels.All.Single(known => known.Name == model);

    private static string Numbers(int rows, int columns)
    {
        var random = new RandomStream(1);
        var text = new StringBuilder().AppendJoin(',', Enumerable.Range(0, columns).Select(column => $"x{column}")).Append(",y\n");
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{random.NextDouble():0.0000},");
            }

            text.Append(CultureInfo.InvariantCulture, $"{random.NextDouble():0.0000}\n");
        }

        return text.ToString();
    }

    private static string Series(int rows, TimeSpan step)
    {
        var (random, time, text) = (new RandomStream(2), new DateTime(1960, 1, 1), new StringBuilder("ds,y\n"));
        for (var row = 0; row < rows; row++, time += step)
        {
            text.Append(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd HH:mm:ss},{random.NextDouble():0.0000}\n");
        }

        return text.ToString();
    }

    private static string Clicks(int rows)
    {
        var (random, text) = (new RandomStream(3), new StringBuilder("site,ad,click\n"));
        for (var row = 0; row < rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"s{random.NextInt(20)},a{random.NextInt(10)},{random.NextInt(5) / 4}\n");
        }

        return text.ToString();
    }
}
