using Tradepost.Learning.Clicks;
using Tradepost.Learning.Clicks.Calibrating;
using Tradepost.Learning.Clicks.Network;
using Tradepost.Learning.Clicks.Training;
using Tradepost.Learning.Evaluation;

namespace Tradepost.Learning.Tests.Clicks;

public sealed class ClickModelTests
{
    [Fact]
    public void A_model_finds_what_sites_and_ads_do_together()
    {
        var rows = Some.Rows(4000, seed: 2).ToList();
        double[] labels = [.. rows.Select(row => (double)row.Label)];

        double Auc(ClickModelKind kind) =>
            ClassificationMetrics.Auc(
                labels,
                [
                    .. Some.Predict(
                            Some.Model(Some.Options with { Model = kind, Members = 1 }, Some.Log(20_000)),
                            rows.Select(row => (string[])[row.Site, row.Ad])
                        )
                        .Select(p => p.Probability),
                ]
            );

        var best = ClassificationMetrics.Auc(labels, [.. rows.Select(row => row.Truth)]);
        var (linear, machine, deep) = (
            Auc(ClickModelKind.LogisticRegression),
            Auc(ClickModelKind.FactorizationMachine),
            Auc(ClickModelKind.DeepFm)
        );
        machine.ShouldBeGreaterThan(linear + 0.005);
        deep.ShouldBeGreaterThan(linear + 0.005);
        deep.ShouldBeInRange(best - 0.03, best + 0.005);
    }

    [Fact]
    public void The_same_seed_gives_the_same_file_whatever_the_number_of_threads()
    {
        var once = Some.Bytes(Some.Model());

        Some.Bytes(Some.Model(threads: 2)).ShouldBe(once);
        Some.Bytes(Some.Model(threads: 3)).ShouldBe(once);
        Some.Bytes(Some.Model(Some.Options with { Seed = 8 })).ShouldNotBe(once);
    }

    [Fact]
    public void A_saved_and_loaded_model_predicts_the_same_to_the_last_bit()
    {
        var model = Some.Model(Some.Options with { Calibration = CalibrationMethod.Isotonic, BatchNorm = true }, Some.Log(12_000));
        string[][] rows =
        [
            ["site1", "ad1"],
            ["site2", "new"],
            ["", ""],
        ];

        var loaded = ClickModel.Load(new MemoryStream(Some.Bytes(model)));

        Some.Predict(loaded, rows).ShouldBe(Some.Predict(model, rows));
        Some.Bytes(loaded).ShouldBe(Some.Bytes(model));
        loaded.Validation.Auc.ShouldBe(model.Validation.Auc);
    }

    [Fact]
    public void A_file_that_was_cut_off_or_altered_is_refused()
    {
        var file = Some.Bytes(Some.Model(Some.Options with { Epochs = 1 }, Some.Log(1000)));
        var altered = (byte[])file.Clone();
        altered[file.Length / 2] ^= 1;

        Refusal(file[..^1]).ShouldContain("cut off or altered");
        Refusal(file[..20]).ShouldContain("cut off or altered");
        Refusal(altered).ShouldContain("cut off or altered");
        Refusal([]).ShouldContain("not a saved click model");
        Refusal("site,ad,click\n"u8.ToArray()).ShouldContain("not a saved click model");

        static string Refusal(byte[] bytes) => Should.Throw<FormatException>(() => ClickModel.Load(new MemoryStream(bytes))).Message;
    }

    [Fact]
    public void One_row_many_rows_and_several_threads_give_the_same()
    {
        var model = Some.Model();
        string[][] rows = [.. Some.Rows(1000, seed: 3).Select(row => (string[])[row.Site, row.Ad])];

        var together = Some.Predict(model, rows, threads: 2);

        Some.Predict(model, rows, threads: 1).ShouldBe(together);
        for (var i = 0; i < 20; i++)
        {
            Some.Predict(model, [rows[i]])[0].Probability.ShouldBe(together[i].Probability, 1e-6);
        }
    }

    [Fact]
    public void Batch_normalisation_learns_as_well()
    {
        var rows = Some.Rows(4000, seed: 2).ToList();
        var model = Some.Model(Some.Options with { BatchNorm = true, Members = 1, Dropout = 0 }, Some.Log(20_000));

        var auc = ClassificationMetrics.Auc(
            [.. rows.Select(row => (double)row.Label)],
            [.. Some.Predict(model, rows.Select(row => (string[])[row.Site, row.Ad])).Select(p => p.Probability)]
        );

        auc.ShouldBeGreaterThan(0.7);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var shape = new NetworkShape(30, [0, 1], 16, [32, 16], HasBatchNorm: false);
        var weights = new NetworkWeights(shape);
        weights.Initialise(new(1), 0.1, cancelled);
        using var trainer = new NetworkTrainer(weights, 256, threads: 1);
        var block = new RowBlock([.. Enumerable.Range(0, 512).Select(i => i % 15 + (15 * (i % 2)))], null, new byte[256], null);
        int[] order = [.. Enumerable.Range(0, 256)];
        for (var i = 0; i < 3; i++)
        {
            trainer.Step(block, order, 1e-3, new Dropout(0.2f, 1), cancelled);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
        {
            trainer.Step(block, order, 1e-3, new Dropout(0.2f, 1), cancelled);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
