using Tradepost.Learning.Clicks;
using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Learning.Clicks.Training;
using Tradepost.Learning.Tests.Contract;

namespace Tradepost.Learning.Tests.Clicks;

/// <summary>A click where the target is above its usual value; a missing number is an empty text.</summary>
public sealed class ClickModelContract : EstimatorContract<ClickModel>
{
    private static readonly ClickOptions Options = new()
    {
        Hidden = [8],
        EmbeddingDim = 4,
        BatchSize = 64,
        Epochs = 2,
        Members = 2,
        ValidationFraction = 0.3,
    };

    /// <summary>So many that training and validation rows both have clicks and others.</summary>
    protected override int LeastRows => Enumerable.Range(2, 60).First(CanBeFitted);

    /// <summary>Batches are drawn from the rows as they come.</summary>
    protected override double? RowOrderTolerance => null;

    protected override Treatment MissingValue => Treatment.Accepted;

    protected override Treatment ConstantColumn => Treatment.Refused;

    protected override Treatment ConstantTarget => Treatment.Refused;

    protected override ClickModel Fit(ContractRows rows, long seed, int threads)
    {
        var log = new ClickLog([
            .. Enumerable
                .Range(0, rows.Columns)
                .Select(column => new ClickField { Name = $"x{column}", Kind = column % 2 == 0 ? FieldKind.Bucketised : FieldKind.Scaled }),
        ]);
        for (var row = 0; row < rows.Count; row++)
        {
            Set(rows, row, log.Set);
            log.EndRow(row < rows.Target.Length && double.IsFinite(rows.Target[row]) ? (rows.Target[row] > 2.2 ? 1 : 0) : -1);
        }

        using var training = new ClickTraining(Options with { Seed = seed }, log, threads);
        while (!training.IsDone)
        {
            training.RunEpoch();
        }

        return training.Finish();
    }

    protected override double[] Predict(ClickModel model, ContractRows rows)
    {
        var set = model.NewRows();
        for (var row = 0; row < rows.Count; row++)
        {
            Set(rows, row, set.Set);
            set.EndRow();
        }

        var predictions = new ClickPrediction[set.Count];
        model.Predict(set, predictions);
        return [.. predictions.Select(prediction => prediction.Probability + prediction.Upper - prediction.Lower)];
    }

    protected override byte[] Save(ClickModel model) => Some.Bytes(model);

    protected override ClickModel Load(byte[] saved) => ClickModel.Load(new MemoryStream(saved));

    private bool CanBeFitted(int count)
    {
        try
        {
            Fit(Rows.First(count), seed: 1, threads: 1);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private delegate void Setter(int field, ReadOnlySpan<char> text);

    private static void Set(ContractRows rows, int row, Setter set)
    {
        for (var column = 0; column < rows.Columns; column++)
        {
            var value = rows.Values[(row * rows.Columns) + column];
            set(column, double.IsNaN(value) ? "" : value.ToString("R"));
        }
    }
}
