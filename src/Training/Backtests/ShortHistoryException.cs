using Tradepost.Storage.Failures;

namespace Tradepost.Training.Backtests;

/// <summary>There are too few data for forecasts of the past.</summary>
/// <param name="length">How many values there are.</param>
/// <param name="missing">How many more it takes.</param>
public sealed class ShortHistoryException(int length, int missing)
    : ForeseenException(FailureKind.Failed, $"There are {length} values; it takes {length + missing} to judge a forecast.")
{
    /// <summary>How many values there are.</summary>
    public int Length => length;

    /// <summary>How many it takes.</summary>
    public int Needed => length + missing;
}
