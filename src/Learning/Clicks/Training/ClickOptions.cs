using Tradepost.Learning.Clicks.Calibrating;

namespace Tradepost.Learning.Clicks.Training;

/// <summary>
/// What a click model is made of and how it is trained. The command line reads it as JSON with these names in snake_case.
/// </summary>
public sealed record ClickOptions
{
    /// <summary>The parts of the logit.</summary>
    public ClickModelKind Model { get; init; } = ClickModelKind.DeepFm;

    /// <summary>Length of an embedding, 1 to 256; multiples of 16 are fastest.</summary>
    public int EmbeddingDim { get; init; } = 16;

    /// <summary>Widths of the hidden layers of the perceptron, each 1 to 8,192; at least one.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [256, 128];

    /// <summary>Share of the hidden outputs that are dropped while training; 0 to under 1.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>Whether hidden layers are normalised over blocks of 128 rows.</summary>
    public bool BatchNorm { get; init; }

    /// <summary>λ of λ/rows · Σ (w² + |e|²) over the ids in the rows of a batch; 0 or more.</summary>
    public double EmbeddingL2 { get; init; } = 0.01;

    /// <summary>λ of λ/2 · Σ w² over the weights of the hidden layers; 0 or more.</summary>
    public double NetworkL2 { get; init; }

    /// <summary>Standard deviation of the embeddings at first; above 0.</summary>
    public double EmbeddingInit { get; init; } = 0.05;

    /// <summary>α of Adam; above 0.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>What becomes of the learning rate.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Linear;

    /// <summary>Rows of a step; 1 to 1,000,000.</summary>
    public int BatchSize { get; init; } = 4096;

    /// <summary>How often the training rows are gone through at most; 1 or more.</summary>
    public int Epochs { get; init; } = 8;

    /// <summary>So many epochs without improvement end the training; 1 or more. The best epoch is kept.</summary>
    public int Patience { get; init; } = 2;

    /// <summary>What improvement means.</summary>
    public ValidationMetric Monitor { get; init; } = ValidationMetric.LogLoss;

    /// <summary>
    /// Values in fewer training rows share one id; 1 or more. Null: a ten thousandth of the training rows, 5 at least and 100 at most.
    /// </summary>
    public int? MinCount { get; init; }

    /// <summary>
    /// Share of the rows that judge epochs and calibrate, where no validation rows are given: the last in time, or drawn by the seed. Above
    /// 0, under 1.
    /// </summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Networks whose logits are averaged; 1 to 100. Intervals need 2.</summary>
    public int Members { get; init; } = 3;

    /// <summary>Whether to learn how wide intervals must be, by as many networks again that are trained on simulated clicks.</summary>
    public bool Intervals { get; init; } = true;

    /// <summary>The probability with which an interval holds the true click probability; above 0, under 1.</summary>
    public double IntervalLevel { get; init; } = 0.9;

    /// <summary>How logits become probabilities.</summary>
    public CalibrationMethod Calibration { get; init; } = CalibrationMethod.Platt;

    /// <summary>
    /// What a program that reads files calls the column of the labels; kept with the model, and nothing else is done with it.
    /// </summary>
    public string Label { get; init; } = "click";

    /// <summary>Of all that is random.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Throws for a setting that is out of its range; the message names it.</summary>
    /// <exception cref="ArgumentException">Such a setting.</exception>
    public void Check()
    {
        Require(EmbeddingDim is >= 1 and <= 256, nameof(EmbeddingDim), EmbeddingDim, "1 to 256");
        Require(
            Model != ClickModelKind.DeepFm || (Hidden is { Count: > 0 } && Hidden.All(width => width is >= 1 and <= 8192)),
            nameof(Hidden),
            string.Join(", ", Hidden ?? []),
            "one or more widths of 1 to 8192"
        );
        Require(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "0 to under 1");
        Require(EmbeddingL2 >= 0 && double.IsFinite(EmbeddingL2), nameof(EmbeddingL2), EmbeddingL2, "0 or more");
        Require(NetworkL2 >= 0 && double.IsFinite(NetworkL2), nameof(NetworkL2), NetworkL2, "0 or more");
        Require(EmbeddingInit > 0 && double.IsFinite(EmbeddingInit), nameof(EmbeddingInit), EmbeddingInit, "a number above 0");
        Require(LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate), LearningRate, "a number above 0");
        Require(BatchSize is >= 1 and <= 1_000_000, nameof(BatchSize), BatchSize, "1 to 1000000");
        Require(Epochs >= 1, nameof(Epochs), Epochs, "1 or more");
        Require(Patience >= 1, nameof(Patience), Patience, "1 or more");
        Require(MinCount is null or >= 1, nameof(MinCount), MinCount ?? 0, "1 or more");
        Require(ValidationFraction is > 0 and < 1, nameof(ValidationFraction), ValidationFraction, "above 0 and under 1");
        Require(Members is >= 1 and <= 100, nameof(Members), Members, "1 to 100");
        Require(IntervalLevel is > 0 and < 1, nameof(IntervalLevel), IntervalLevel, "above 0 and under 1");
    }

    private static void Require(bool holds, string setting, object value, string expected)
    {
        if (!holds)
        {
            var name = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(setting);
            throw new ArgumentException(FormattableString.Invariant($"{name} is {value}; expected is {expected}."), setting);
        }
    }
}
