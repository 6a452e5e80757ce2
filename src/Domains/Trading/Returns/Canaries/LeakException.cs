using System.Globalization;
using Tradepost.Storage.Failures;

namespace Tradepost.Trading.Returns.Canaries;

/// <summary>A check for leaks failed, and nothing of the training was published.</summary>
/// <param name="canary">The first check that failed.</param>
public sealed class LeakException(LeakCanary canary)
    : ForeseenException(
        FailureKind.Failed,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The canary {canary.Name} found a leak in the forecasts of {canary.Symbol} {canary.Horizon} hours ahead: {canary.Value:G4}, where at most {canary.Most:G4} can be honest. Nothing was published; look for something in features or labels that was not known yet."
        )
    )
{
    /// <summary>The check.</summary>
    public LeakCanary Canary => canary;
}
