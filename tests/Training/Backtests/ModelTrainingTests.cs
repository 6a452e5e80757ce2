using Tradepost.Training.Backtests;
using Tradepost.Training.Registry;

namespace Tradepost.Training.Tests.Backtests;

/// <summary>A second user of backtests: visitors of a site, who have nothing to do with a shop.</summary>
public sealed class ModelTrainingTests
{
    private static readonly DateOnly First = new(2026, 1, 5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Another_series_is_trained_judged_registered_and_predicted_in_a_few_lines(StoreKind kind)
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        var (training, steps) = (new ModelTraining(world.Store, world.Time), new List<string>());
        var request = new TrainingRequest { By = "anna", Began = steps.Add };

        var first = await training.RunAsync(Visitors(200), request, Cancellation);
        var second = await training.RunAsync(Visitors(210), request, Cancellation);

        steps.ShouldBe(["training", "judging", "registering", "training", "judging", "registering"]);
        (first.Stage, second.Stage, second.Production!.Version).ShouldBe((ModelStage.Production, ModelStage.Staging, 1));
        first.Version.Metrics["mase"].ShouldSatisfyAllConditions(mase => mase.Value.ShouldBeLessThan(mase.Baseline!.Value));
        first.Version.Metrics["coverage"].Value.ShouldBe(0.8, 0.1);
        second.Version.Rival!.Version.ShouldBe(1);
        second.Outcomes.ShouldBe(10 + 1); // ten days and the one whole week among them
        second
            .Shown[0]
            .ShouldSatisfyAllConditions(
                day => day.MadeFor.ShouldBe(First.AddDays(210).ToDateTime(TimeOnly.MinValue)),
                day => day.Value.ShouldBe(Visits(210), 60),
                day => (day.Lower < day.Value && day.Value < day.Upper).ShouldBeTrue()
            );
        (await world.Registry.VersionsAsync("Visitors", Cancellation)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Too_short_a_history_is_refused_with_what_it_takes()
    {
        await using var world = await TrainingWorld.CreateAsync(StoreKind.DuckDb);

        var refusal = await Should.ThrowAsync<ShortHistoryException>(() =>
            new ModelTraining(world.Store, world.Time).RunAsync(Visitors(30), new TrainingRequest { By = "anna" }, Cancellation)
        );

        (refusal.Length, refusal.Needed).ShouldBe((30, 71));
        (await world.Registry.ListAsync(Cancellation)).ShouldBeEmpty();
    }

    private static DailyForecast Visitors(int days) =>
        new()
        {
            Model = "Visitors",
            Description = "Visitors of the site by day.",
            ByDay = "visitors by day",
            ByWeek = "visitors by week",
            History = new DailySeries(First, [.. Enumerable.Range(0, days).Select(Visits)]),
            Settings = new DailySettings { Horizon = 14 },
        };

    private static double Visits(int day) => 500 + day + (100 * (day % 7 / 5)) + (40 * Math.Sin(day * day));
}
