using System.Text;
using Tradepost.Training.Registry;

namespace Tradepost.Training.Tests.Registry;

public sealed class ModelRegistryOnDuckDb() : ModelRegistryContract(StoreKind.DuckDb);

public sealed class ModelRegistryOnPostgres() : ModelRegistryContract(StoreKind.Postgres)
{
    [Fact]
    public async Task Also_another_program_cannot_put_a_second_version_into_production()
    {
        await using var world = await TrainingWorld.CreateAsync(StoreKind.Postgres);
        await world.RegisterAsync();
        await world.RegisterAsync();
        await world.PromoteAsync(1);

        var refusal = await Should.ThrowAsync<Npgsql.PostgresException>(() =>
            world.ExecuteAsync("UPDATE model_versions SET stage = 'production' WHERE version = 2")
        );

        refusal.ConstraintName.ShouldBe("model_versions_production");
    }
}

/// <summary>What holds for models on every store.</summary>
public abstract class ModelRegistryContract(StoreKind kind)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_is_kept_with_all_that_is_known_of_it_and_waits_in_staging()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);

        var registered = await world.RegisterAsync(0.8, artefact: """{"k": 1}""");

        var version = (await world.Registry.VersionsAsync(TrainingWorld.Model, Cancellation)).ShouldHaveSingleItem();
        (version.Model, version.Version, version.Kind, version.Stage).ShouldBe((TrainingWorld.Model, 1, "prophet", ModelStage.Staging));
        version.Parameters["seasonality_mode"]!.GetValue<string>().ShouldBe("additive");
        version
            .Metrics["mase"]
            .ShouldBe(
                new Metric
                {
                    Value = 0.8,
                    Aim = MetricAim.Lower,
                    Baseline = 1,
                }
            );
        version
            .Metrics["coverage"]
            .ShouldBe(
                new Metric
                {
                    Value = 0.75,
                    Aim = MetricAim.Nearest,
                    Target = 0.8,
                }
            );
        (version.DecidingMetric, version.Rows, version.DataFingerprint, version.CodeVersion).ShouldBe(("mase", 731, "f00d", "1.2.3"));
        (version.TrainedFrom, version.TrainedTo).ShouldBe((new DateTime(2024, 1, 1), new DateTime(2026, 1, 1)));
        (version.RunId, version.CreatedBy, version.CreatedAt).ShouldBe(
            (Guid.Parse("01970000-0000-7000-8000-000000000003"), "anna", world.Now)
        );
        (version.ArtefactBytes, version.ArtefactSha256).ShouldBe((8, registered.ArtefactSha256));
        Encoding.UTF8.GetString(await world.Registry.LoadArtefactAsync(TrainingWorld.Model, 1, Cancellation)).ShouldBe("""{"k": 1}""");
        (await world.Registry.ListAsync(Cancellation)).ShouldBe([
            new Model(TrainingWorld.Model, "Revenue by day.", 1, null, world.Now, world.Now),
        ]);
    }

    [Fact]
    public async Task Versions_that_are_registered_at_once_get_numbers_of_their_own()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => world.RegisterAsync())));

        (await world.Registry.VersionsAsync(TrainingWorld.Model, Cancellation))
            .Select(version => version.Version)
            .ShouldBe([8, 7, 6, 5, 4, 3, 2, 1]);
    }

    [Fact]
    public async Task A_better_version_replaces_the_one_in_production_and_history_says_when_by_whom_and_why()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await world.RegisterAsync(0.8);
        await world.RegisterAsync(0.7);
        var first = await world.PromoteAsync(1);
        world.Time.Advance(TimeSpan.FromDays(3));

        var second = await world.PromoteAsync(2);

        (await world.Registry.VersionsAsync(TrainingWorld.Model, Cancellation))
            .Select(version => version.Stage)
            .ShouldBe([ModelStage.Production, ModelStage.Archived]);
        (await world.Registry.FindProductionAsync(TrainingWorld.Model, Cancellation))!.Version.ShouldBe(2);
        (await world.Registry.HistoryAsync(TrainingWorld.Model, Cancellation)).ShouldBe([second, first]);
        second.ShouldBe(
            new Promotion
            {
                Model = TrainingWorld.Model,
                Number = 2,
                Version = 2,
                Replaced = 1,
                Action = PromotionAction.Promoted,
                IsForced = false,
                Reason = "it is better",
                DecidedBy = "anna",
                DecidedAt = world.Now,
            }
        );
    }

    [Fact]
    public async Task A_worse_version_is_refused_with_both_figures_and_goes_in_by_force_as_history_shows()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await world.RegisterAsync(0.7);
        await world.RegisterAsync(0.8);
        await world.PromoteAsync(1);

        var refusal = await Should.ThrowAsync<PromotionRefusedException>(() => world.PromoteAsync(2));
        var before = await world.InProductionAsync();
        var forced = await world.PromoteAsync(2, force: true);

        refusal.Message.ShouldBe(
            "Version 2 of Prophet_daily_revenue is worse than version 1, which it would replace: mase 0.8 against 0.7; force it to promote it all the same."
        );
        (refusal.Metric, refusal.Value, refusal.Production).ShouldBe(("mase", 0.8, 0.7));
        before.ShouldBe([1]);
        forced.IsForced.ShouldBeTrue();
        (await world.InProductionAsync()).ShouldBe([2]);
    }

    [Fact]
    public async Task Two_versions_are_compared_on_the_data_on_which_one_was_judged_beside_the_other()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await world.RegisterAsync(0.7, data: "last week");
        await world.RegisterAsync(
            0.8,
            data: "this week",
            rival: new Rival(1, new Dictionary<string, double> { ["mase"] = 0.9, ["coverage"] = 0.7 })
        );
        await world.PromoteAsync(1);

        var compared = await ComparedAsync(world, 2, production: 1);
        await world.PromoteAsync(2);
        var back = await ComparedAsync(world, 1, production: 2);
        var refusal = await Should.ThrowAsync<PromotionRefusedException>(() => world.PromoteAsync(1));

        (compared.Value, compared.Compared, compared.Production, compared.Verdict, compared.IsSameData).ShouldBe(
            (0.8, 0.8, 0.9, Verdict.Better, true)
        );
        (back.Value, back.Compared, back.Production, back.Verdict, back.IsSameData).ShouldBe((0.7, 0.9, 0.8, Verdict.Worse, true));
        refusal.Message.ShouldContain("mase 0.9 against 0.8; force");
    }

    [Fact]
    public async Task Versions_that_never_met_are_compared_by_their_own_figures_which_is_said()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await world.RegisterAsync(0.7, data: "last week");
        await world.RegisterAsync(0.8, data: "this week");
        await world.PromoteAsync(1);

        (await ComparedAsync(world, 2, production: 1)).IsSameData.ShouldBeFalse();
        (await ComparedAsync(world, 1, production: 1)).Production.ShouldBeNull();
        (await Should.ThrowAsync<PromotionRefusedException>(() => world.PromoteAsync(2))).Message.ShouldContain(
            "mase 0.8 against 0.7, measured on other data; force"
        );
    }

    [Fact]
    public async Task Force_that_was_not_needed_is_not_written_down_as_force()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await world.RegisterAsync(0.7);

        (await world.PromoteAsync(1, force: true)).IsForced.ShouldBeFalse();
    }

    [Fact]
    public async Task A_version_without_the_figure_that_decides_is_refused()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await world.RegisterAsync(0.7);
        await world.RegisterAsync(double.NaN);
        await world.PromoteAsync(1);

        (await Should.ThrowAsync<PromotionRefusedException>(() => world.PromoteAsync(2))).Message.ShouldContain(
            "cannot be compared with version 1"
        );
    }

    [Fact]
    public async Task What_is_in_production_is_not_promoted_again_even_by_force()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await world.RegisterAsync();
        await world.PromoteAsync(1);

        (await Should.ThrowAsync<PromotionRefusedException>(() => world.PromoteAsync(1, force: true))).Message.ShouldBe(
            "Version 1 of Prophet_daily_revenue is in production already."
        );
    }

    [Fact]
    public async Task Rolling_back_goes_one_step_further_each_time_until_there_is_nothing_before()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        foreach (var mase in new[] { 0.9, 0.8, 0.7 })
        {
            await world.PromoteAsync((await world.RegisterAsync(mase)).Version);
        }

        var (one, two) = (await world.RollBackAsync(), await world.RollBackAsync());
        var refusal = await Should.ThrowAsync<PromotionRefusedException>(world.RollBackAsync);

        (one.Version, one.Replaced, one.Action).ShouldBe((2, 3, PromotionAction.RolledBack));
        (two.Version, two.Replaced).ShouldBe((1, 2));
        refusal.Message.ShouldBe("Before version 1 of Prophet_daily_revenue nothing was in production; promote another version instead.");
        (await world.InProductionAsync()).ShouldBe([1]);
        (await world.Registry.HistoryAsync(TrainingWorld.Model, Cancellation)).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Without_anything_in_production_there_is_nothing_to_roll_back()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await world.RegisterAsync();

        (await Should.ThrowAsync<PromotionRefusedException>(world.RollBackAsync)).Message.ShouldBe(
            "No version of Prophet_daily_revenue is in production; promote one."
        );
    }

    [Fact]
    public async Task Promotions_at_once_leave_one_version_in_production_and_a_history_without_gaps()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        for (var i = 0; i < 6; i++)
        {
            await world.RegisterAsync(0.8);
        }

        await Task.WhenAll(Enumerable.Range(1, 6).Select(version => Task.Run(() => world.PromoteAsync(version))));

        var history = await world.Registry.HistoryAsync(TrainingWorld.Model, Cancellation);
        (await world.InProductionAsync()).ShouldBe([history[0].Version]);
        history.Select(promotion => promotion.Number).ShouldBe([6, 5, 4, 3, 2, 1]);
        history.Zip(history.Skip(1)).ShouldAllBe(pair => pair.First.Replaced == pair.Second.Version);
    }

    [Fact]
    public async Task An_altered_artefact_is_not_loaded()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await world.RegisterAsync(artefact: "12345");
        await world.ExecuteAsync(
            $"UPDATE model_versions SET artefact = {(kind == StoreKind.DuckDb ? @"'1234\x36'::blob" : @"'\x3132333436'::bytea")}"
        );

        var refusal = await Should.ThrowAsync<ArtefactException>(() =>
            world.Registry.LoadArtefactAsync(TrainingWorld.Model, 1, Cancellation)
        );

        refusal.Message.ShouldStartWith("The artefact of Prophet_daily_revenue version 1 was altered: its SHA-256 is ");
    }

    [Fact]
    public async Task What_is_not_there_is_said_by_name()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await world.RegisterAsync();

        (await Should.ThrowAsync<UnknownModelException>(() => world.Registry.VersionsAsync("nothing", Cancellation))).Message.ShouldBe(
            "There is no model \"nothing\"."
        );
        (await Should.ThrowAsync<UnknownModelException>(() => world.Registry.HistoryAsync("nothing", Cancellation))).Message.ShouldBe(
            "There is no model \"nothing\"."
        );
        (
            await Should.ThrowAsync<UnknownModelException>(() => world.Registry.RollBackAsync("nothing", TrainingWorld.Anna, Cancellation))
        ).Message.ShouldBe("There is no model \"nothing\".");
        (await Should.ThrowAsync<UnknownModelException>(() => world.PromoteAsync(7))).Message.ShouldBe(
            "There is no version 7 of Prophet_daily_revenue."
        );
        (
            await Should.ThrowAsync<UnknownModelException>(() => world.Registry.LoadArtefactAsync(TrainingWorld.Model, 7, Cancellation))
        ).Message.ShouldBe("There is no version 7 of Prophet_daily_revenue.");
        (await Should.ThrowAsync<ArgumentException>(() => world.RegisterAsync(model: "no name"))).Message.ShouldContain(
            "is no name of a model"
        );
    }

    [Fact]
    public async Task A_failure_in_the_transaction_leaves_no_version()
    {
        await using var world = await TrainingWorld.CreateAsync(kind);
        await world.RegisterAsync();

        await Should.ThrowAsync<InvalidOperationException>(() =>
            world.Registry.TransactAsync<int>(
                async change =>
                {
                    await change.PromoteAsync(TrainingWorld.Model, 1, TrainingWorld.Anna, Cancellation);
                    throw new InvalidOperationException("It went wrong.");
                },
                Cancellation
            )
        );

        (await world.InProductionAsync()).ShouldBeEmpty();
    }

    private static async Task<ComparedMetric> ComparedAsync(TrainingWorld world, int version, int production)
    {
        var versions = await world.Registry.VersionsAsync(TrainingWorld.Model, Cancellation);
        return VersionComparison
            .Of(versions.Single(one => one.Version == version), versions.Single(one => one.Version == production))
            .Single(metric => metric.Decides);
    }

    [Fact]
    public async Task A_backup_brings_models_history_and_predictions_back()
    {
        await using var source = await TrainingWorld.CreateAsync(kind);
        await using var target = await TrainingWorld.CreateAsync(kind);
        await source.RegisterAsync(0.8, artefact: "the model itself");
        await source.PromoteAsync(1);
        await source.Registry.TransactAsync(
            change =>
                source.Ledger.AddAsync(
                    change.Connection,
                    TrainingWorld.Model,
                    1,
                    source.Now,
                    [Ledger.PredictionLedgerContract.Day(1)],
                    Cancellation
                ),
            Cancellation
        );
        await source.Store.DisposeAsync();
        await target.Store.DisposeAsync();
        using var folder = new Tradepost.Tests.Support.TemporaryFolder();

        await Storage
            .Backups.StoreBackup.Of(source.Target, [TrainingMigrations.Set], source.Time)
            .BackUpAsync(folder.Combine("backup"), _ => { }, Cancellation);
        await Storage
            .Backups.StoreBackup.Of(target.Target, [TrainingMigrations.Set], target.Time)
            .RestoreAsync(folder.Combine("backup"), force: false, _ => { }, Cancellation);

        await using var store = target.Target.Open(target.Time);
        var registry = new ModelRegistry(store, target.Time);
        (await registry.FindProductionAsync(TrainingWorld.Model, Cancellation))!.Metrics["mase"].Value.ShouldBe(0.8);
        Encoding.UTF8.GetString(await registry.LoadArtefactAsync(TrainingWorld.Model, 1, Cancellation)).ShouldBe("the model itself");
        (await registry.HistoryAsync(TrainingWorld.Model, Cancellation)).ShouldHaveSingleItem().DecidedBy.ShouldBe("anna");
        (await new Tradepost.Training.Ledger.PredictionLedger(store, target.Time).FiguresAsync(TrainingWorld.Model, Cancellation))
            .ShouldHaveSingleItem()
            .Predictions.ShouldBe(1);
    }
}
