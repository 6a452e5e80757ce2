using Tradepost.Serving.Errors;
using Tradepost.Storage;
using Tradepost.Storage.Migrations;
using Tradepost.Trading.Candles;
using Tradepost.Trading.Returns.Canaries;
using Tradepost.Trading.Returns.Routes;
using Tradepost.Training;

namespace Tradepost.Trading.Tests.Returns;

/// <summary>What the routes of the page read of candles, models and forecasts.</summary>
public sealed class ShownReturnsTests
{
    private const string Champion = "Ridge_log_return_2h";

    private const string Figures = """
        {"n": COUNT, "rmse": ERROR, "mae": 0.01, "rmse_zero": 0.01, "r2_zero": null, "r2_mean": null, "directional_accuracy": 0.5,
        "up_share": 0.5, "ic": 0, "rank_ic": 0, "ic_ir": null, "sharpe_gross": null, "sharpe_net": null, "turnover": 1, "max_drawdown": 0,
        "calibration_slope": null, "coverage_80": 0.8, "width_80": 0.04, "acted_share": 0.5, "acted_accuracy": 0.5,
        "acted_sharpe_gross": null, "acted_sharpe_net": null, "acted_turnover": 0}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Nothing_is_shown_and_nothing_fails_before_anything_was_trained(StoreKind kind)
    {
        await using var world = await CreateAsync(kind);

        var comparison = await ReturnComparisons.ReadAsync(world.Store, new TrainedQuery(), Cancellation);
        var track = await ForecastTracks.ReadAsync(world.Store, new ForecastQuery(), Cancellation);
        var refused = await Should.ThrowAsync<ApiException>(() =>
            ReturnComparisons.ReadAsync(world.Store, new TrainedQuery { Symbol = "AAA" }, Cancellation)
        );

        (comparison.Symbol, comparison.Horizon, comparison.Champion, comparison.Models.Count, comparison.Trained.Count).ShouldBe(
            (null, null, null, 0, 0)
        );
        (track.Model, track.Forecasts.Count, track.Equity.Count, track.ActedShare).ShouldBe((null, 0, 0, null));
        refused.Message.ShouldBe("Nothing was trained yet; the job trading.train does that.");
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_comparison_has_the_models_of_its_symbol_and_horizon_with_the_champion_its_years_its_folds_and_the_canaries(
        StoreKind kind
    )
    {
        await using var world = await CreateAsync(kind);
        await FillAsync(world);

        var shown = await ReturnComparisons.ReadAsync(world.Store, new TrainedQuery { Symbol = "AAA", Horizon = 2 }, Cancellation);

        shown.Trained.Select(one => $"{one.Symbol} {string.Join(',', one.Horizons)}").ShouldBe(["AAA 2,6", "BBB 2"]);
        shown
            .Models.Select(model => (model.Model, model.Version, model.IsChampion, model.Figures.Rmse))
            .ShouldBe([("Zero_log_return_2h", null, false, 0.01), (Champion, 3, true, 0.02)]);
        shown.Champion!.BeatsZero.ShouldBeFalse();
        shown.Years.Select(year => (year.Year, year.N, year.Coverage)).ShouldBe([(2025, 2L, 0.5), (2026, 2L, 1.0)]);
        shown.Years[0].Width.ShouldBe(0.04, 1e-12);
        shown.Folds.Select(fold => (fold.Fold, fold.N, fold.Coverage)).ShouldBe([(0, 2, 0.8), (1, 2, 0.8)]);
        shown
            .Canaries.Select(canary => (canary.Name, canary.Verdict, canary.Value, canary.Most))
            .ShouldBe([("later_prices", CanaryVerdict.Passed, 0, 0), ("purge", CanaryVerdict.Leak, 0.5, 0.03)]);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_track_has_the_newest_forecasts_with_their_price_and_the_equity_of_the_walk_alone(StoreKind kind)
    {
        await using var world = await CreateAsync(kind);
        await FillAsync(world);

        var track = await ForecastTracks.ReadAsync(
            world.Store,
            new ForecastQuery
            {
                Symbol = "AAA",
                Horizon = 2,
                Limit = 4,
            },
            Cancellation
        );

        track.Model.ShouldBe(Champion);
        track
            .Forecasts.Select(one => (one.FeatureTime.ToString("s"), one.Fold, one.Version, one.Close, one.Value, one.Actual))
            .ShouldBe([
                ("2025-12-31T21:00:00", 0, 3, null, -0.02, -0.05),
                ("2025-12-31T22:00:00", 1, 3, null, 0.001, 0.01),
                ("2025-12-31T23:00:00", 1, 3, 100.5, -0.03, 0.01),
                ("2026-01-01T01:00:00", null, 4, null, 0.004, null), // of two versions the newer one
            ]);
        (track.CostBasisPoints, track.DecisionFactor).ShouldBe((10, 1.5));
        track.ActedShare.ShouldBe(0.75); // 0.001 is not more than one and a half times the cost
        track.Equity.Select(point => point.Day.ToString("O")).ShouldBe(["2025-12-31", "2026-01-01"]);
        // Even hours go long, then out; odd hours go short and stay so. Each has half of what is staked.
        track.Equity[0].Gross.ShouldBe((0.03 + 0.05) / 2, 1e-12);
        track.Equity[0].Net.ShouldBe((0.03 - 0.001 + 0.05 - 0.001) / 2, 1e-12);
        track.Equity[1].Gross.ShouldBe((0.03 + 0.05 + 0 - 0.01) / 2, 1e-12);
        track.Equity[1].Net.ShouldBe((0.03 + 0.05 - 0.002 - 0.001 - 0.01) / 2, 1e-12);
    }

    [Theory]
    [InlineData("CCC", 2, "The symbol is \"CCC\"; models were trained of AAA, BBB.")]
    [InlineData("BBB", 6, "The horizon is 6; of BBB there are models for 2 hours ahead.")]
    [InlineData(null, 7, "The horizon is 7; of AAA there are models for 2, 6 hours ahead.")]
    public async Task A_symbol_or_horizon_that_was_not_trained_is_refused_with_those_that_were(string? symbol, int horizon, string expected)
    {
        await using var world = await CreateAsync(StoreKind.DuckDb);
        await FillAsync(world);
        var asked = new ForecastQuery { Symbol = symbol, Horizon = horizon };

        (await Should.ThrowAsync<ApiException>(() => ReturnComparisons.ReadAsync(world.Store, asked, Cancellation))).Message.ShouldBe(
            expected
        );
        (await Should.ThrowAsync<ApiException>(() => ForecastTracks.ReadAsync(world.Store, asked, Cancellation))).Message.ShouldBe(
            expected
        );
    }

    [Fact]
    public async Task What_is_not_named_is_the_first_that_there_is()
    {
        await using var world = await CreateAsync(StoreKind.DuckDb);
        await FillAsync(world);

        var first = await ReturnComparisons.ReadAsync(world.Store, new TrainedQuery(), Cancellation);
        var second = await ReturnComparisons.ReadAsync(world.Store, new TrainedQuery { Horizon = 6 }, Cancellation);

        (first.Symbol, first.Horizon).ShouldBe(("AAA", 2));
        (second.Symbol, second.Horizon, second.Champion).ShouldBe(("AAA", 6, null));
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Candles_are_of_the_exchange_that_features_are_made_of_and_of_the_best_source(StoreKind kind)
    {
        await using var world = await CreateAsync(kind);
        await ExecuteAsync(
            world,
            """
            INSERT INTO candles (exchange, symbol, timeframe, open_time, source, open, high, low, close, volume, is_whole) VALUES
              ('one', 'AAA', '1h', TIMESTAMP '2026-01-01 00:00:00', 'quotes', 1, 1, 1, 1, NULL, true),
              ('one', 'AAA', '1h', TIMESTAMP '2026-01-01 00:00:00', 'file', 2, 2, 2, 2, 7, true),
              ('one', 'AAA', '1h', TIMESTAMP '2026-01-01 01:00:00', 'minutes', 3, 3, 3, 3, 7, false),
              ('one', 'AAA', '1h', TIMESTAMP '2026-01-01 01:00:00', 'quotes', 4, 4, 4, 4, NULL, true),
              ('one', 'AAA', '1h', TIMESTAMP '2026-01-01 02:00:00', 'quotes', 5, 5, 5, 5, NULL, false),
              ('one', 'AAA', '1m', TIMESTAMP '2026-01-01 00:00:00', 'file', 6, 6, 6, 6, 7, true),
              ('two', 'AAA', '1h', TIMESTAMP '2026-01-01 01:00:00', 'file', 8, 8, 8, 8, 7, true),
              ('two', 'BBB', '1h', TIMESTAMP '2026-01-01 00:00:00', 'file', 9, 9, 9, 9, 7, true)
            """
        );
        var asked = new CandleQuery
        {
            Symbol = "AAA",
            FromTime = new DateTime(2026, 1, 1),
            ToTime = new DateTime(2026, 1, 2),
            Limit = 2,
        };

        var first = await ListedCandles.ReadAsync(world.Store, asked, Cancellation);
        var second = await ListedCandles.ReadAsync(world.Store, asked with { Cursor = 2 }, Cancellation);
        var refused = await Should.ThrowAsync<ApiException>(() =>
            ListedCandles.ReadAsync(world.Store, asked with { Symbol = "CCC" }, Cancellation)
        );

        first
            .Concat(second)
            .Select(candle => (candle.OpenTime.Hour, candle.Source, candle.Close, candle.Volume, candle.IsWhole))
            .ShouldBe([(0, "file", 2, 7, true), (1, "quotes", 4, null, true), (2, "quotes", 5, null, false)]);
        refused.Message.ShouldBe("The symbol is \"CCC\"; there are hourly candles of AAA, BBB.");
    }

    private static async Task<CollectorWorld> CreateAsync(StoreKind kind)
    {
        var world = await CollectorWorld.CreateAsync(kind);
        await new Migrator(world.Store, [TrainingMigrations.Set], TimeProvider.System).MigrateAsync(Cancellation);
        return world;
    }

    private static async Task ExecuteAsync(CollectorWorld world, string sql, object? parameters = null)
    {
        await using var connection = await world.Store.OpenAsync(Cancellation);
        await connection.ExecuteAsync(sql, parameters, Cancellation);
    }

    /// <summary>Two symbols; of AAA two hours ahead a walk of four forecasts, predictions behind it and the checks for leaks.</summary>
    private static async Task FillAsync(CollectorWorld world)
    {
        foreach (
            var (model, version, symbol, horizon, fold, n, rmse) in new (string, int, string, int, string, int, double)[]
            {
                (Champion, 3, "AAA", 2, "NULL", 4, 0.02),
                (Champion, 3, "AAA", 2, "0", 2, 0.02),
                (Champion, 3, "AAA", 2, "1", 2, 0.02),
                (Champion, 2, "AAA", 2, "NULL", 4, 0.001),
                ("Zero_log_return_2h", 0, "AAA", 2, "NULL", 4, 0.01),
                ("Ridge_log_return_6h", 1, "AAA", 6, "NULL", 4, 0.01),
                (Champion, 3, "BBB", 2, "NULL", 4, 0.001),
            }
        )
        {
            var figures = Figures
                .Replace("COUNT", $"{n}", StringComparison.Ordinal)
                .Replace("ERROR", FormattableString.Invariant($"{rmse}"), StringComparison.Ordinal);
            await ExecuteAsync(
                world,
                $"""
                INSERT INTO return_folds (model, version, symbol, horizon, fold, trained_rows, train_from, train_to, test_from, test_to,
                  data_fingerprint, feature_fingerprint, code_version, trained_at, figures)
                VALUES ('{model}', {version}, '{symbol}', {horizon}, {fold}, 9, TIMESTAMP '2025-01-01', TIMESTAMP '2025-12-01',
                  TIMESTAMP '2025-12-31', TIMESTAMP '2026-01-01', 'a', 'b', '1', TIMESTAMP '2026-01-02', '{figures}')
                """
            );
        }

        await ExecuteAsync(
            world,
            $$"""
            INSERT INTO return_champions (symbol, horizon, model, version, rmse, rmse_zero, beats_zero, chosen_at)
            VALUES ('AAA', 2, '{{Champion}}', 3, 0.02, 0.01, false, TIMESTAMP '2026-01-02');
            INSERT INTO return_canaries (symbol, horizon, name, verdict, value, most, trained_at) VALUES
              ('AAA', 2, 'purge', 'leak', 0.5, 0.03, TIMESTAMP '2026-01-02'),
              ('AAA', 2, 'later_prices', 'passed', 0, 0, TIMESTAMP '2026-01-02'),
              ('BBB', 2, 'later_prices', 'passed', 0, 0, TIMESTAMP '2026-01-02');
            INSERT INTO return_forecasts
              (model, version, symbol, horizon, feature_time, target_time, fold, value, lower_bound, upper_bound, actual) VALUES
              ('{{Champion}}', 3, 'AAA', 2, TIMESTAMP '2025-12-31 20:00:00', TIMESTAMP '2025-12-31 22:00:00', 0, 0.02, -0.02, 0.04, 0.03),
              ('{{Champion}}', 3, 'AAA', 2, TIMESTAMP '2025-12-31 21:00:00', TIMESTAMP '2025-12-31 23:00:00', 0, -.02, -0.03, -0.01, -0.05),
              ('{{Champion}}', 3, 'AAA', 2, TIMESTAMP '2025-12-31 22:00:00', TIMESTAMP '2026-01-01 00:00:00', 1, 0.001, -0.02, 0.03, 0.01),
              ('{{Champion}}', 3, 'AAA', 2, TIMESTAMP '2025-12-31 23:00:00', TIMESTAMP '2026-01-01 01:00:00', 1, -0.03, -0.05, 0.01, 0.01),
              ('{{Champion}}', 2, 'AAA', 2, TIMESTAMP '2025-12-31 23:00:00', TIMESTAMP '2026-01-01 01:00:00', 1, 9, 9, 9, 9);
            INSERT INTO trading_features (symbol, feature_time, close, is_whole)
            VALUES ('AAA', TIMESTAMP '2025-12-31 23:00:00', 100.5, true);
            INSERT INTO predictions (model, version, entity, horizon, as_of, made_for, made_at, value, lower_bound, upper_bound) VALUES
              ('{{Champion}}', 3, 'AAA', '2h', TIMESTAMP '2026-01-01 01:00:00', TIMESTAMP '2026-01-01 03:00:00',
                TIMESTAMP '2026-01-01 01:02:00', 0.003, -0.01, 0.01),
              ('{{Champion}}', 4, 'AAA', '2h', TIMESTAMP '2026-01-01 01:00:00', TIMESTAMP '2026-01-01 03:00:00',
                TIMESTAMP '2026-01-01 01:03:00', 0.004, -0.01, 0.01),
              ('{{Champion}}', 3, 'AAA', '2h', TIMESTAMP '2025-12-31 23:00:00', TIMESTAMP '2026-01-01 01:00:00',
                TIMESTAMP '2026-01-01 01:03:00', 8, 8, 8)
            """
        );
        await ExecuteAsync(
            world,
            $$"""
            INSERT INTO model_versions (model, version, kind, stage, parameters, metrics, deciding_metric, trained_from, trained_to,
              row_count, data_fingerprint, code_version, artefact, artefact_sha256, created_by, created_at)
            VALUES ('{{Champion}}', 3, 'ridge', 'staging', '{"alpha": 1000, "cost_basis_points": 10, "decision_factor": 1.5}', '{}', 'rmse',
              TIMESTAMP '2025-01-01', TIMESTAMP '2025-12-01', 9, 'a', '1', @artefact, 'c', 'test', TIMESTAMP '2026-01-02')
            """,
            new { artefact = new byte[] { 1 } }
        );
    }
}
