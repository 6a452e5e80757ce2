using System.Data.Common;
using Tradepost.Training.Ledger;

namespace Tradepost.Training.Tests.Ledger;

public sealed class PredictionLedgerOnDuckDb() : PredictionLedgerContract(StoreKind.DuckDb);

public sealed class PredictionLedgerOnPostgres() : PredictionLedgerContract(StoreKind.Postgres);

/// <summary>What holds for predictions on every store.</summary>
public abstract class PredictionLedgerContract(StoreKind kind)
{
    private const string Entity = "revenue by day";

    private static readonly DateTime First = new(2026, 1, 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static NewPrediction Day(int ahead, double value = 100) =>
        new()
        {
            Entity = Entity,
            Horizon = $"{ahead}d",
            MadeFor = First.AddDays(ahead),
            Value = value,
            Lower = value - 10,
            Upper = value + 10,
        };

    [Fact]
    public async Task A_prediction_says_when_it_was_made_as_of_when_for_when_and_by_which_version()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        world.Time.Advance(TimeSpan.FromHours(4));

        (await AddAsync(world, version: 2, asOf: First, Day(1, 120))).ShouldBe(1);

        (await world.Ledger.LatestAsync(TrainingWorld.Model, 2, Entity, Cancellation)).ShouldBe([
            new Prediction
            {
                Model = TrainingWorld.Model,
                Version = 2,
                Entity = Entity,
                Horizon = "1d",
                AsOf = First,
                MadeFor = First.AddDays(1),
                MadeAt = First.AddHours(4),
                Value = 120,
                Lower = 110,
                Upper = 130,
                Actual = null,
            },
        ]);
    }

    [Fact]
    public async Task What_was_predicted_once_is_not_changed_by_predicting_it_again()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await AddAsync(world, 1, First, Day(1, 100));

        (await AddAsync(world, 1, First, Day(1, 500), Day(2, 500))).ShouldBe(1);

        (await world.Ledger.LatestAsync(TrainingWorld.Model, 1, Entity, Cancellation))
            .Select(prediction => prediction.Value)
            .ShouldBe([100, 500]);
    }

    [Fact]
    public async Task Of_several_times_the_latest_predictions_are_shown()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await AddAsync(world, 1, First, Day(1), Day(2));
        await AddAsync(world, 1, First.AddDays(1), Day(2), Day(3));

        (await world.Ledger.LatestAsync(TrainingWorld.Model, 1, Entity, Cancellation))
            .Select(prediction => prediction.MadeFor.Day)
            .ShouldBe([3, 4]);
        (await world.Ledger.LatestAsync(TrainingWorld.Model, 9, Entity, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Outcomes_come_later_may_be_corrected_and_make_error_and_coverage_of_each_version()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await AddAsync(world, 1, First, Day(1, 100), Day(2, 100), Day(3, 100));
        await AddAsync(world, 2, First, Day(1, 112));

        (await JoinAsync(world, (1, 108.0), (2, 999.0))).ShouldBe(3);
        (await JoinAsync(world, (1, 108.0), (2, 120.0))).ShouldBe(1);

        var figures = await world.Ledger.FiguresAsync(TrainingWorld.Model, Cancellation);
        figures.Select(one => (one.Version, one.Predictions, one.Known)).ShouldBe([(2, 1, 1), (1, 3, 2)]);
        figures[0].Mae!.Value.ShouldBe(4, 1e-9);
        figures[1].Mae!.Value.ShouldBe(14, 1e-9);
        figures[1].Rmse!.Value.ShouldBe(Math.Sqrt((64 + 400) / 2.0), 1e-9);
        figures[1].Coverage!.Value.ShouldBe(0.5, 1e-9);
    }

    [Fact]
    public async Task Before_the_first_outcome_there_is_no_error()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await AddAsync(world, 1, First, Day(1));

        var figures = (await world.Ledger.FiguresAsync(TrainingWorld.Model, Cancellation)).ShouldHaveSingleItem();

        (figures.Known, figures.Mae, figures.Rmse, figures.Coverage).ShouldBe((0, null, null, null));
    }

    [Fact]
    public async Task Predictions_and_outcomes_of_many_models_are_noted_at_once()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        MadePrediction[] made =
        [
            .. Enumerable.Range(0, 5_000).Select(i => new MadePrediction($"model {i % 3}", 1 + (i % 2), First, Day(1 + (i / 6), i))),
        ];
        KnownOutcome[] outcomes =
        [
            .. Enumerable.Range(0, 300).Select(i => new KnownOutcome($"model {i % 3}", Entity, First.AddDays(1 + (i / 3)), i)),
        ];

        var added = await ChangeAsync(connection => world.Ledger.AddAsync(connection, made, Cancellation));
        var again = await ChangeAsync(connection => world.Ledger.AddAsync(connection, [made[7], made[7]], Cancellation));
        var joined = await ChangeAsync(connection => world.Ledger.JoinAsync(connection, outcomes, Cancellation));
        var unchanged = await ChangeAsync(connection => world.Ledger.JoinAsync(connection, outcomes, Cancellation));
        var none = await ChangeAsync(connection => world.Ledger.JoinAsync(connection, [], Cancellation));

        (added, again, joined, unchanged, none).ShouldBe((5_000, 0, 600, 0, 0));
        (await world.Ledger.FiguresAsync(["model 0", "model 2"], Cancellation))
            .Select(one => (one.Model, one.Figures.Version, one.Figures.Known))
            .ShouldBe([("model 0", 2, 100), ("model 0", 1, 100), ("model 2", 2, 100), ("model 2", 1, 100)]);

        Task<int> ChangeAsync(Func<DbConnection, Task<int>> action) =>
            world.Registry.TransactAsync(change => action(change.Connection), Cancellation);
    }

    private static Task<int> AddAsync(TrainingWorld world, int version, DateTime asOf, params NewPrediction[] predictions) =>
        world.Registry.TransactAsync(
            change => world.Ledger.AddAsync(change.Connection, TrainingWorld.Model, version, asOf, predictions, Cancellation),
            Cancellation
        );

    private static Task<int> JoinAsync(TrainingWorld world, params (int Ahead, double Actual)[] outcomes) =>
        world.Registry.TransactAsync(
            change =>
                world.Ledger.JoinAsync(
                    change.Connection,
                    TrainingWorld.Model,
                    Entity,
                    [.. outcomes.Select(outcome => KeyValuePair.Create(First.AddDays(outcome.Ahead), outcome.Actual))],
                    Cancellation
                ),
            Cancellation
        );
}
