using Tradepost.Learning.Clicks;
using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Learning.Clicks.Training;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Clicks;

/// <summary>Valid clicks with one thing said.</summary>
internal static class Some
{
    private const int Sites = 20;
    private const int Ads = 12;

    public static readonly ClickOptions Options = new()
    {
        Hidden = [16, 8],
        EmbeddingDim = 8,
        BatchSize = 512,
        Epochs = 4,
        LearningRate = 0.01,
        EmbeddingL2 = 0.001,
        EmbeddingInit = 0.1,
        MinCount = 5,
        Members = 2,
        Seed = 7,
    };

    public static readonly IReadOnlyList<ClickField> Fields = [new() { Name = "site" }, new() { Name = "ad" }];

    /// <summary>Rows whose click probability depends on site, ad and how the two go together.</summary>
    public static ClickLog Log(int count = 6000, long seed = 1, IReadOnlyList<ClickField>? fields = null)
    {
        var log = new ClickLog(fields ?? Fields);
        foreach (var (site, ad, _, label) in Rows(count, seed))
        {
            log.Set(0, site);
            log.Set(1, ad);
            log.EndRow(label);
        }

        return log;
    }

    public static IEnumerable<(string Site, string Ad, double Truth, int Label)> Rows(int count, long seed)
    {
        var (truth, random) = (new RandomStream(99), new RandomStream(seed, 1));
        double[] sites = [.. Enumerable.Range(0, Sites).Select(_ => 0.7 * truth.NextNormal())];
        double[] ads = [.. Enumerable.Range(0, Ads).Select(_ => 0.7 * truth.NextNormal())];
        double[] pairs = [.. Enumerable.Range(0, Sites * Ads).Select(_ => 0.5 * truth.NextNormal())];
        for (var i = 0; i < count; i++)
        {
            var (site, ad) = (random.NextInt(Sites), random.NextInt(Ads));
            var p = 1 / (1 + Math.Exp(1 - sites[site] - ads[ad] - pairs[(site * Ads) + ad]));
            yield return ($"site{site}", $"ad{ad}", p, random.NextDouble() < p ? 1 : 0);
        }
    }

    public static ClickModel Model(ClickOptions? options = null, ClickLog? log = null, int threads = 1)
    {
        using var training = new ClickTraining(options ?? Options, log ?? Log(), threads);
        while (!training.IsDone)
        {
            training.RunEpoch(cancellationToken: TestContext.Current.CancellationToken);
        }

        return training.Finish();
    }

    public static ClickPrediction[] Predict(ClickModel model, IEnumerable<string[]> rows, int? threads = null)
    {
        var set = model.NewRows();
        foreach (var row in rows)
        {
            for (var field = 0; field < row.Length; field++)
            {
                set.Set(field, row[field]);
            }

            set.EndRow();
        }

        var predictions = new ClickPrediction[set.Count];
        model.Predict(set, predictions, threads);
        return predictions;
    }

    public static byte[] Bytes(ClickModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
