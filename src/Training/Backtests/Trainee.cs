using System.Text.Json.Nodes;
using Tradepost.Training.Ledger;

namespace Tradepost.Training.Backtests;

/// <summary>
/// What can be trained: data, and a model of them with its settings. What <see cref="ModelTraining"/> needs to know of it.
/// </summary>
/// <typeparam name="TFitted">A fitted model.</typeparam>
public abstract record Trainee<TFitted>
{
    /// <summary>The model's name in the registry.</summary>
    public required string Model { get; init; }

    /// <summary>What is predicted, in one line.</summary>
    public required string Description { get; init; }

    /// <summary>The algorithm, such as <c>prophet</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What the baseline does, as in "no better than repeating last week".</summary>
    public abstract string Baseline { get; }

    /// <summary>The settings that a version is registered with.</summary>
    public abstract JsonObject Parameters { get; }

    /// <summary>The first moment of the data, in UTC.</summary>
    public abstract DateTime TrainedFrom { get; }

    /// <summary>The moment at which the data end, exclusive: what comes later is predicted.</summary>
    public abstract DateTime TrainedTo { get; }

    /// <summary>How many values there are.</summary>
    public abstract long Rows { get; }

    /// <summary>The same for the same data.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>The same data with the settings of another version; equal to this where they are the same.</summary>
    public abstract Trainee<TFitted> With(JsonObject parameters);

    /// <summary>Fits the model on all data.</summary>
    public abstract TFitted Fit(CancellationToken cancellationToken);

    /// <summary>Walks forward through the data with the model fitted anew at each cutoff.</summary>
    /// <exception cref="ShortHistoryException">There are too few data.</exception>
    public abstract Backtest Judge(TFitted fitted, CancellationToken cancellationToken);

    /// <summary>What predicts, in a form that <see cref="Predict"/> reads.</summary>
    public abstract ReadOnlyMemory<byte> Save(TFitted fitted, Backtest backtest);

    /// <summary>What a version says of the time from <see cref="TrainedTo"/> on.</summary>
    public abstract IReadOnlyList<NewPrediction> Predict(ReadOnlyMemory<byte> artefact, CancellationToken cancellationToken);

    /// <summary>What came, by the entities of predictions and the moments that they were made for.</summary>
    public abstract IEnumerable<(string Entity, IReadOnlyCollection<KeyValuePair<DateTime, double>> Values)> Outcomes();
}
