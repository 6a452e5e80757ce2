using System.Collections.Concurrent;
using Tradepost.Learning.Clicks.Calibrating;
using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Learning.Clicks.Network;
using Tradepost.Learning.Clicks.Training;
using Tradepost.Learning.Clicks.Uncertainty;

namespace Tradepost.Learning.Clicks;

/// <summary>
/// A trained click model: an ensemble of networks, what makes their logits probabilities, and how far those may be off. Immutable, so safe
/// for use by several threads.
/// </summary>
public sealed class ClickModel
{
    private readonly ConcurrentBag<Workspace> spare = [];
    private readonly ErrorFeatures features;

    internal ClickModel(
        ClickOptions options,
        ClickEncoder encoder,
        IReadOnlyList<NetworkWeights> networks,
        Calibration calibration,
        ErrorModel? errors,
        ClickValidation validation
    )
    {
        (Options, Encoder, Networks, Calibration, Errors, Validation) = (options, encoder, networks, calibration, errors, validation);
        Fields = [.. encoder.Fields.Select(field => field.Field)];
        features = new ErrorFeatures(encoder);
    }

    /// <summary>What it was asked to be.</summary>
    public ClickOptions Options { get; }

    /// <summary>The fields it reads, in the order that <see cref="ClickRows"/> takes them.</summary>
    public IReadOnlyList<ClickField> Fields { get; }

    /// <summary>How good it was on the validation rows, and what it was trained on.</summary>
    public ClickValidation Validation { get; }

    /// <summary>How the ensemble's mean logit becomes a probability.</summary>
    public Calibration Calibration { get; }

    /// <summary>Whether predictions have a lower and an upper bound.</summary>
    public bool HasIntervals => Errors is not null;

    internal ClickEncoder Encoder { get; }

    internal IReadOnlyList<NetworkWeights> Networks { get; }

    internal ErrorModel? Errors { get; }

    /// <summary>An empty set of rows for this model.</summary>
    /// <param name="capacity">Rows for which there is room at once; it grows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative capacity.</exception>
    public ClickRows NewRows(int capacity = 16)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        return new ClickRows(Encoder, capacity);
    }

    /// <summary>Predicts rows, on several processors where there are many.</summary>
    /// <param name="rows">Of this model.</param>
    /// <param name="predictions">One place per row.</param>
    /// <param name="threads">At most so many at a time, at least 1; null: one per processor.</param>
    /// <exception cref="ArgumentException">Rows of another model, or too few places.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Predict(
        ClickRows rows,
        Span<ClickPrediction> predictions,
        int? threads = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads ?? 1, 1, nameof(threads));
        if (!rows.IsOf(Encoder))
        {
            throw new ArgumentException("The rows were made for another model.", nameof(rows));
        }

        if (predictions.Length < rows.Count)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{rows.Count} rows need as many places, not {predictions.Length}."),
                nameof(predictions)
            );
        }

        if (rows.Count <= Workspace.MaxRows || threads == 1)
        {
            for (var from = 0; from < rows.Count; from += Workspace.MaxRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                PredictBlock(rows.Block, from, Math.Min(Workspace.MaxRows, rows.Count - from), predictions[from..]);
            }

            return;
        }

        var results = new ClickPrediction[rows.Count];
        var how = new ParallelOptions
        {
            MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount,
            CancellationToken = cancellationToken,
        };
        Parallel.For(0, (rows.Count + Workspace.MaxRows - 1) / Workspace.MaxRows, how, block =>
        {
            var from = block * Workspace.MaxRows;
            PredictBlock(rows.Block, from, Math.Min(Workspace.MaxRows, rows.Count - from), results.AsSpan(from));
        });
        results.CopyTo(predictions);
    }

    /// <summary>
    /// Writes the model: one file with a version and a checksum. <see cref="Load"/> gives a model that predicts the same to the last bit.
    /// </summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ModelFile.Write(this, stream);
    }

    /// <summary>The model that <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else, of a newer version, cut off or altered.</exception>
    public static ClickModel Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ModelFile.Read(stream);
    }

    private void PredictBlock(RowBlock block, int from, int rows, Span<ClickPrediction> predictions)
    {
        if (!spare.TryTake(out var work))
        {
            work = new Workspace(Networks[0].Shape, trains: false);
        }

        Span<double> means = stackalloc double[rows];
        Span<double> spreads = stackalloc double[rows];
        for (var network = 0; network < Networks.Count; network++)
        {
            ForwardPass.Run(Networks[network], block, from, rows, work);
            for (var row = 0; row < rows; row++)
            {
                // B. Welford 1962.
                var difference = work.Logits[row] - means[row];
                means[row] += difference / (network + 1);
                spreads[row] += difference * (work.Logits[row] - means[row]);
            }
        }

        spare.Add(work);
        Span<double> x = stackalloc double[features.Width];
        for (var row = 0; row < rows; row++)
        {
            predictions[row] = Prediction(block, from + row, means[row], Networks.Count > 1 ? spreads[row] / (Networks.Count - 1) : 0, x);
        }
    }

    private ClickPrediction Prediction(RowBlock block, int row, double mean, double spread, Span<double> x)
    {
        var probability = Calibration.Probability(mean);
        if (Errors is null)
        {
            return new ClickPrediction(probability, double.NaN, double.NaN);
        }

        var (start, slots) = (row * Encoder.Slots, Encoder.Slots);
        features.Fill(spread, block.Ids.AsSpan(start, slots), block.Weights is null ? default : block.Weights.AsSpan(start, slots), x);
        var (lower, upper) = Errors.Bounds(probability, x);
        return new ClickPrediction(probability, Math.Min(lower, probability), Math.Max(upper, probability));
    }
}
