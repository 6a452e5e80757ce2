using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Learning.Clicks.Network;
using Tradepost.Learning.Evaluation;

namespace Tradepost.Learning.Clicks.Training;

/// <summary>The training of one network, epoch by epoch, with its best weights so far.</summary>
internal sealed class NetworkRun : IDisposable
{
    /// <summary>How many batches there are between two reports of progress.</summary>
    private const int BatchesBetweenReports = 8;

    private const int InitialPurpose = 2;
    private const int OrderPurpose = 3;
    private const int DropoutPurpose = 4;

    private readonly ClickOptions options;
    private readonly ClickEncoder encoder;
    private readonly RowBlock rows;
    private readonly RowSplit split;
    private readonly int number;
    private readonly NetworkTrainer trainer;
    private readonly int[] order;
    private readonly double[] labels;
    private readonly float[] logits;

    public NetworkRun(
        ClickOptions options,
        ClickEncoder encoder,
        RowBlock rows,
        RowSplit split,
        int number,
        int threads,
        CancellationToken cancellationToken
    )
    {
        (this.options, this.encoder, this.rows, this.split, this.number) = (options, encoder, rows, split, number);
        var shape = ShapeOf(options, encoder);
        var weights = new NetworkWeights(shape);
        Best = new NetworkWeights(shape);
        weights.Initialise(Keys.Stream(options.Seed, InitialPurpose, number), options.EmbeddingInit, cancellationToken);
        var clicks = split.Training.Sum(row => (double)rows.Labels[row]);
        weights.Biases.Span[0] = (float)Math.Log(clicks / (split.Training.Length - clicks));
        trainer = new NetworkTrainer(weights, Math.Min(options.BatchSize, split.Training.Length), threads)
        {
            EmbeddingL2 = (float)options.EmbeddingL2,
            NetworkL2 = (float)options.NetworkL2,
        };
        order = new int[split.Training.Length];
        labels = [.. split.Validation.Select(row => (double)rows.Labels[row])];
        logits = new float[split.Validation.Length];
    }

    /// <summary>The weights of the best epoch.</summary>
    public NetworkWeights Best { get; }

    public bool IsDone { get; private set; }

    public int Epoch { get; private set; }

    public int BestEpoch { get; private set; }

    public double LearningRateFactor { get; private set; } = 1;

    /// <summary>Log loss or 1 − AUC of the best epoch.</summary>
    public double BestScore { get; private set; } = double.PositiveInfinity;

    private NetworkWeights Weights => trainer.Weights;

    private int StepsPerEpoch => (order.Length + options.BatchSize - 1) / options.BatchSize;

    public static NetworkShape ShapeOf(ClickOptions options, ClickEncoder encoder) =>
        new(
            encoder.Ids,
            encoder.SlotFields,
            options.Model == ClickModelKind.LogisticRegression ? 0 : options.EmbeddingDim,
            options.Model == ClickModelKind.DeepFm ? [.. options.Hidden] : [],
            options.BatchNorm
        );

    /// <summary>Goes through the training rows once and judges by the validation rows.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the run is spoilt and must be resumed from the last
    /// checkpoint.</exception>
    public ClickEpoch RunEpoch(int networks, bool isSimulated, Action<int>? progress, CancellationToken cancellationToken)
    {
        split.Training.CopyTo(order, 0);
        RowSplit.Shuffle(order, options.Seed, OrderPurpose, number, Epoch);
        var loss = 0.0;
        for (var step = 0; step < StepsPerEpoch; step++)
        {
            var from = step * options.BatchSize;
            var batch = order.AsSpan(from, Math.Min(options.BatchSize, order.Length - from));
            var dropout = new Dropout((float)options.Dropout, (uint)Keys.Of(options.Seed, DropoutPurpose, number, trainer.Steps));
            loss += trainer.Step(rows, batch, Rate(), dropout, cancellationToken);
            if (step % BatchesBetweenReports == BatchesBetweenReports - 1)
            {
                progress?.Invoke(from + batch.Length);
            }
        }

        Epoch++;
        UnknownIds.Settle(Weights, encoder);
        var (logLoss, auc) = Judge(cancellationToken);
        return Note(loss / order.Length, logLoss, auc, networks, isSimulated);
    }

    /// <summary>The logits of rows with the best weights.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public float[] Predict(int[] which, CancellationToken cancellationToken)
    {
        var result = new float[which.Length];
        Best.CopyTo(Weights);
        trainer.Predict(rows, which, result, cancellationToken);
        return result;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Epoch);
        writer.Write(BestEpoch);
        writer.Write(BestScore);
        writer.Write(LearningRateFactor);
        writer.Write(trainer.Steps);
        writer.Write(IsDone);
        foreach (var part in Parts())
        {
            FloatFile.Write(writer, part);
        }
    }

    public void Load(BinaryReader reader)
    {
        (Epoch, BestEpoch, BestScore, LearningRateFactor) = (
            reader.ReadInt32(),
            reader.ReadInt32(),
            reader.ReadDouble(),
            reader.ReadDouble()
        );
        (trainer.Steps, IsDone) = (reader.ReadInt64(), reader.ReadBoolean());
        foreach (var part in Parts())
        {
            FloatFile.Read(reader, part);
        }

        Weights.Restore();
        Best.Restore();
    }

    public void Dispose() => trainer.Dispose();

    private IEnumerable<AlignedFloats> Parts() => [.. Weights.Parts(), .. Best.Parts(), .. trainer.State()];

    private double Rate() =>
        options.LearningRate
        * LearningRateFactor
        * (options.Schedule == LearningRateSchedule.Linear ? 1 - ((double)trainer.Steps / ((long)StepsPerEpoch * options.Epochs)) : 1);

    private (double LogLoss, double Auc) Judge(CancellationToken cancellationToken)
    {
        trainer.Predict(rows, split.Validation, logits, cancellationToken);
        double[] probabilities = [.. logits.Select(z => 1 / (1 + Math.Exp(-z)))];
        return (ClassificationMetrics.LogLoss(labels, probabilities), ClassificationMetrics.Auc(labels, probabilities));
    }

    private ClickEpoch Note(double loss, double logLoss, double auc, int networks, bool isSimulated)
    {
        var score = options.Monitor == ValidationMetric.Auc ? 1 - auc : logLoss;
        var isBest = score < BestScore;
        if (isBest)
        {
            (BestScore, BestEpoch) = (score, Epoch);
            Weights.CopyTo(Best);
        }
        else if (options.Schedule == LearningRateSchedule.Plateau)
        {
            LearningRateFactor = Math.Max(1e-3, LearningRateFactor / 10);
        }

        IsDone = Epoch >= options.Epochs || Epoch - BestEpoch >= options.Patience;
        return new ClickEpoch(number, networks, Epoch, order.Length, loss, logLoss, auc, isBest, IsDone, isSimulated);
    }
}
