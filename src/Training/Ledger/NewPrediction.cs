namespace Tradepost.Training.Ledger;

/// <summary>A value that a version predicts.</summary>
public sealed record NewPrediction
{
    /// <summary>What it is about, such as <c>visitors by day</c>.</summary>
    public required string Entity { get; init; }

    /// <summary>How far ahead, such as <c>7d</c>.</summary>
    public required string Horizon { get; init; }

    /// <summary>When what it is for begins, in UTC.</summary>
    public required DateTime MadeFor { get; init; }

    /// <summary>In the units of what is predicted.</summary>
    public required double Value { get; init; }

    /// <summary>The lower bound of its interval.</summary>
    public required double Lower { get; init; }

    /// <summary>The upper bound of its interval.</summary>
    public required double Upper { get; init; }
}
