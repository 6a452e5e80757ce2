using Tradepost.Learning.Clicks.Calibrating;
using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Learning.Clicks.Network;
using Tradepost.Learning.Clicks.Training;
using Tradepost.Learning.Clicks.Uncertainty;
using Tradepost.Learning.Evaluation;

namespace Tradepost.Learning.Clicks;

/// <summary>
/// The training of a click model, one epoch of one network after another: call <see cref="RunEpoch"/> until <see cref="IsDone"/> and then
/// <see cref="Finish"/>. Between epochs it may be saved and gone on with later; the model will be the same to the last bit, whatever the
/// number of threads. Not for several threads at once.
/// </summary>
public sealed class ClickTraining : IDisposable
{
    private const int MostThreads = 1024;
    private const int RowsBetweenLooks = 4096;
    private const int RowsPerCount = 10_000;
    private const int LeastCount = 5;
    private const int MostCount = 100;

    private readonly ClickOptions options;
    private readonly ClickEncoder encoder;
    private readonly EncodedRows rows;
    private readonly RowSplit split;
    private readonly int threads;
    private readonly byte[] fingerprint;
    private readonly TrainedNetworks trained;
    private NetworkRun run;
    private byte[]? simulated;
    private double[] truth = [];

    /// <summary>Encodes the rows and gets ready for the first epoch.</summary>
    /// <param name="threads">1 to 1024; null: one per processor.</param>
    /// <exception cref="ArgumentException">A setting out of its range, a field that says nothing, rows that cannot be divided into training
    /// and validation rows with clicks in both, or more of everything than fits.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ClickTraining(ClickOptions options, ClickLog log, int? threads = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        options.Check();
        (this.options, this.threads) = (options, threads ?? Environment.ProcessorCount);
        if (this.threads is < 1 or > MostThreads)
        {
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "Threads are 1 to 1024.");
        }

        split = RowSplit.Of(log, options);
        var isTrained = new bool[log.Count];
        foreach (var row in split.Training)
        {
            isTrained[row] = true;
        }

        encoder = ClickEncoder.Fit(
            log,
            isTrained,
            options.MinCount ?? Math.Clamp(split.Training.Length / RowsPerCount, LeastCount, MostCount),
            cancellationToken
        );
        Size = ClickSize.Of(options, encoder, log.Count, this.threads);
        Size.Check(nameof(log));
        rows = encoder.Encode(log, cancellationToken);
        fingerprint = TrainingCheckpoint.Fingerprint(options, encoder, rows, split);
        trained = new TrainedNetworks(rows.Count, split.Validation);
        run = NewRun(cancellationToken);
    }

    /// <summary>What the training takes.</summary>
    public WorkSize Size { get; }

    /// <summary>Rows that are trained on.</summary>
    public int TrainingRows => split.Training.Length;

    /// <summary>Rows that judge.</summary>
    public int ValidationRows => split.Validation.Length;

    /// <summary>Rows of the embedding table, all fields together.</summary>
    public int Ids => encoder.Ids;

    /// <summary>Networks that are trained in all, those on simulated clicks among them.</summary>
    public int Networks => options.Members * (HasIntervals ? 2 : 1);

    /// <summary>Whether all networks are trained.</summary>
    public bool IsDone => trained.Count == Networks;

    private bool HasIntervals => options.Intervals && options.Members > 1;

    private bool IsSimulated => trained.Count >= options.Members;

    /// <summary>Goes through the training rows once.</summary>
    /// <param name="progress">Told now and then how many rows of the epoch are done.</param>
    /// <exception cref="InvalidOperationException">Everything is trained, or an epoch was cancelled before.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. Go on with <see cref="Resume"/> from what was last
    /// saved.</exception>
    public ClickEpoch RunEpoch(Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        if (IsDone)
        {
            throw new InvalidOperationException("All networks are trained.");
        }

        var epoch = run.RunEpoch(Networks, IsSimulated, progress, cancellationToken);
        if (run.IsDone)
        {
            EndNetwork(cancellationToken);
        }

        return epoch;
    }

    /// <summary>Writes everything that going on needs, but not the rows.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        TrainingCheckpoint.Write(stream, fingerprint, trained, IsDone ? null : run);
    }

    /// <summary>Goes on where a training was that was saved.</summary>
    /// <param name="options">The same as then.</param>
    /// <param name="log">The same as then.</param>
    /// <param name="checkpoint">What <see cref="Save"/> wrote.</param>
    /// <param name="threads">1 to 1024; null: one per processor. It need not be the same.</param>
    /// <exception cref="FormatException">No checkpoint, one that was cut off or altered, or one of other rows or options.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ClickTraining Resume(
        ClickOptions options,
        ClickLog log,
        Stream checkpoint,
        int? threads = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var training = new ClickTraining(options, log, threads, cancellationToken);
        TrainingCheckpoint.Read(checkpoint, training.fingerprint, reader => training.LoadNetworks(reader, cancellationToken));
        return training;
    }

    /// <summary>The model. The log is not needed any more.</summary>
    /// <exception cref="InvalidOperationException">Not all networks are trained.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; it may be called again.</exception>
    public ClickModel Finish(CancellationToken cancellationToken = default)
    {
        if (!IsDone)
        {
            throw new InvalidOperationException("Not all networks are trained.");
        }

        var labels = ValidationLabels();
        var logits = trained.MeanOfValidation(0, options.Members);
        var calibration = Calibrate(labels, logits, cancellationToken);
        double[] probabilities = [.. logits.Select(calibration.Probability)];
        var (logLoss, rate) = (ClassificationMetrics.LogLoss(labels, probabilities), labels.Average());
        var entropy = -(rate * Math.Log(rate)) - ((1 - rate) * Math.Log(1 - rate));
        var validation = new ClickValidation(
            TrainingRows,
            ValidationRows,
            ClassificationMetrics.Auc(labels, probabilities),
            logLoss,
            logLoss / entropy,
            [.. trained.Epochs.Take(options.Members)],
            [.. encoder.Notes()]
        );
        return new ClickModel(
            options,
            encoder,
            [.. trained.Weights.Take(options.Members)],
            calibration,
            HasIntervals ? Errors(probabilities, cancellationToken) : null,
            validation
        );
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => run.Dispose();

    private NetworkRun NewRun(CancellationToken cancellationToken) =>
        new(options, encoder, rows.Block with { Labels = simulated ?? rows.Labels }, split, trained.Count, threads, cancellationToken);

    private void EndNetwork(CancellationToken cancellationToken)
    {
        trained.Add(run, isMember: !IsSimulated, keepsWeights: !IsSimulated, cancellationToken);
        run.Dispose();
        Begin(cancellationToken);
    }

    private void Begin(CancellationToken cancellationToken)
    {
        if (HasIntervals && trained.Count >= options.Members)
        {
            Simulate(cancellationToken);
        }

        if (!IsDone)
        {
            run = NewRun(cancellationToken);
        }
    }

    private void Simulate(CancellationToken cancellationToken)
    {
        if (simulated is not null)
        {
            return;
        }

        var calibration = Calibrate(ValidationLabels(), trained.MeanOfValidation(0, options.Members), cancellationToken);
        truth = Simulation.Truth(rows, encoder, trained.MeanLogits, calibration, split.Training, options.Seed, cancellationToken);
        simulated = Simulation.Clicks(truth, options.Seed);
    }

    private Calibration Calibrate(double[] labels, double[] logits, CancellationToken cancellationToken) =>
        options.Calibration switch
        {
            CalibrationMethod.None => Calibration.None,
            CalibrationMethod.Isotonic when labels.Sum() >= Calibration.LeastClicksForIsotonic => Calibration.Isotonic(labels, logits),
            _ => Calibration.Platt(labels, logits, cancellationToken),
        };

    /// <summary>The errors of networks whose truth is known, as a function of what is known of a row.</summary>
    private ErrorModel Errors(double[] probabilities, CancellationToken cancellationToken)
    {
        var logits = trained.MeanOfValidation(options.Members, options.Members);
        var calibration = Calibration.Platt([.. split.Validation.Select(row => (double)simulated![row])], logits, cancellationToken);
        var features = new ErrorFeatures(encoder);
        double[] simulatedProbabilities = [.. logits.Select(calibration.Probability)];
        var x = new double[logits.Length * features.Width];
        var errors = new double[logits.Length];
        for (var i = 0; i < logits.Length; i++)
        {
            if (i % RowsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var (start, slots) = (split.Validation[i] * rows.Slots, rows.Slots);
            features.Fill(
                trained.VarianceOfValidation(options.Members, options.Members, i),
                rows.Ids.AsSpan(start, slots),
                rows.Weights is null ? default : rows.Weights.AsSpan(start, slots),
                x.AsSpan(i * features.Width, features.Width)
            );
            errors[i] = truth[split.Validation[i]] - Calibration.Logit(simulatedProbabilities[i]);
        }

        var model = ErrorModel.Fit(x, simulatedProbabilities, errors, options.IntervalLevel, cancellationToken);
        return model with { Scale = Widening(errors, probabilities, simulatedProbabilities, cancellationToken) };
    }

    /// <summary>
    /// Members have learnt less than all there is, and clicks simulated from them have less to learn: what residuals show beyond what they
    /// show in the simulation is added to the variance there.
    /// </summary>
    private double Widening(double[] errors, double[] probabilities, double[] simulatedProbabilities, CancellationToken cancellationToken)
    {
        double[] residuals = [.. split.Validation.Select((row, i) => rows.Labels[row] - probabilities[i])];
        double[] simulatedResiduals = [.. split.Validation.Select((row, i) => Calibration.Sigmoid(truth[row]) - simulatedProbabilities[i])];
        var (actual, error) = new ResidualComponents(rows, encoder, split.Validation, residuals, probabilities).Variance(cancellationToken);
        var (expected, _) = new ResidualComponents(rows, encoder, split.Validation, simulatedResiduals, simulatedProbabilities).Variance(
            cancellationToken
        );
        double[] weights = [.. simulatedProbabilities.Select(p => p * p * (1 - p) * (1 - p))];
        var variance = weights.Zip(errors, (weight, e) => weight * e * e).Sum() / weights.Sum();

        // A standard error more: rather too wide than too narrow where there are few rows.
        return 1 + (Math.Max(0, actual + error - expected) / variance);
    }

    private double[] ValidationLabels() => [.. split.Validation.Select(row => (double)rows.Labels[row])];

    private void LoadNetworks(BinaryReader reader, CancellationToken cancellationToken)
    {
        trained.Load(reader, () => new NetworkWeights(NetworkRun.ShapeOf(options, encoder)));
        run.Dispose();
        Begin(cancellationToken);
        if (!IsDone)
        {
            run.Load(reader);
        }
    }
}
