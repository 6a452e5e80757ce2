using System.Runtime.InteropServices;
using Tradepost.Learning.Evaluation;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Clicks;

/// <summary>Judges a model's predictions as rows go by; keeps a few numbers per row. Not for several threads at once.</summary>
public sealed class ClickEvaluator
{
    private const int Groups = 20;

    private readonly ClickModel model;
    private readonly List<double> labels = [];
    private readonly List<ClickPrediction> predictions = [];
    private readonly int[] rowsOf;
    private readonly int[] clicksOf;
    private readonly double[] predictedOf;

    /// <summary>Nothing is judged yet.</summary>
    public ClickEvaluator(ClickModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
        (rowsOf, clicksOf, predictedOf) = (new int[model.Encoder.Ids], new int[model.Encoder.Ids], new double[model.Encoder.Ids]);
    }

    /// <summary>Adds rows with what was predicted and what came.</summary>
    /// <param name="labels">0 or 1, one per row.</param>
    /// <exception cref="ArgumentException">Rows of another model, other numbers of labels or predictions than of rows, or another
    /// label.</exception>
    public void Add(ClickRows rows, ReadOnlySpan<ClickPrediction> predictions, ReadOnlySpan<byte> labels)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (!rows.IsOf(model.Encoder))
        {
            throw new ArgumentException("The rows were made for another model.", nameof(rows));
        }

        if (predictions.Length != rows.Count || labels.Length != rows.Count)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"There are {rows.Count} rows, {predictions.Length} predictions and {labels.Length} labels."),
                nameof(labels)
            );
        }

        var slots = model.Encoder.Slots;
        for (var row = 0; row < rows.Count; row++)
        {
            if (labels[row] > 1)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The label is {labels[row]}; expected is 0 or 1."),
                    nameof(labels)
                );
            }

            this.labels.Add(labels[row]);
            this.predictions.Add(predictions[row]);
            foreach (var id in rows.Ids.AsSpan(row * slots, slots))
            {
                if (id >= 0)
                {
                    (rowsOf[id], clicksOf[id]) = (rowsOf[id] + 1, clicksOf[id] + labels[row]);
                    predictedOf[id] += predictions[row].Probability;
                }
            }
        }
    }

    /// <summary>What the rows so far say.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; it may be called again.</exception>
    public ClickEvaluation Result(CancellationToken cancellationToken = default)
    {
        if (labels.Count == 0)
        {
            throw new InvalidOperationException("There are no rows to judge by.");
        }

        var actual = CollectionsMarshal.AsSpan(labels);
        double[] probabilities = [.. predictions.Select(prediction => prediction.Probability)];
        var clicks = (int)labels.Sum();
        var (rate, logLoss) = ((double)clicks / labels.Count, ClassificationMetrics.LogLoss(actual, probabilities));
        cancellationToken.ThrowIfCancellationRequested();
        var isMixed = clicks > 0 && clicks < labels.Count;
        return new ClickEvaluation(
            labels.Count,
            clicks,
            isMixed ? ClassificationMetrics.Auc(actual, probabilities) : null,
            logLoss,
            isMixed ? logLoss / -((rate * Math.Log(rate)) + ((1 - rate) * Math.Log(1 - rate))) : null,
            ClassificationMetrics.CalibrationError(actual, probabilities, Groups),
            clicks > 0 ? probabilities.Sum() / clicks : null,
            model.HasIntervals ? Coverage(cancellationToken) : null,
            [.. Values(cancellationToken)]
        );
    }

    private double Coverage(CancellationToken cancellationToken)
    {
        var order = Enumerable.Range(0, labels.Count).ToArray();
        Array.Sort([.. predictions.Select(prediction => prediction.Probability)], order);
        var groups = Math.Min(Groups, order.Length);
        var noise = NormalDistribution.Quantile((1 + model.Options.IntervalLevel) / 2);
        var inside = 0;
        for (var group = 0; group < groups; group++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = order[(int)((long)order.Length * group / groups)..(int)((long)order.Length * (group + 1) / groups)];
            var (rate, mean) = (rows.Average(row => labels[row]), rows.Average(row => predictions[row].Probability));
            var chance = noise * noise * mean * (1 - mean) / rows.Length;
            var below = mean - rows.Average(row => predictions[row].Lower);
            var above = rows.Average(row => predictions[row].Upper) - mean;
            inside += rate >= mean - Math.Sqrt((below * below) + chance) && rate <= mean + Math.Sqrt((above * above) + chance) ? 1 : 0;
        }

        return (double)inside / groups;
    }

    private IEnumerable<ClickValueEvaluation> Values(CancellationToken cancellationToken) =>
        model.Encoder.Fields.SelectMany(field =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Enumerable
                .Range(0, field.IdCount)
                .Where(local => rowsOf[field.FirstId + local] > 0)
                .OrderByDescending(local => rowsOf[field.FirstId + local])
                .Select(local => new ClickValueEvaluation(
                    field.Field.Name,
                    field.Describe(local),
                    rowsOf[field.FirstId + local],
                    clicksOf[field.FirstId + local],
                    predictedOf[field.FirstId + local]
                ));
        });
}
