using Tradepost.Streams.Drains;

namespace Tradepost.Trading.Collecting;

/// <summary>What a collector did until it was stopped.</summary>
/// <param name="Recorded">Quotes and trades that went into the log.</param>
/// <param name="Written">Quotes and trades of the log that reached the store, what an earlier collector had left among them.</param>
/// <param name="Gaps">Gaps of the log that reached the store beside them.</param>
/// <param name="Waiting">Records of any kind that are still in the log, for the next collector or for <c>trading drain</c>.</param>
/// <param name="Lost">What the log had no room for.</param>
/// <param name="Repeated">Quotes that had come before: over a second connection, or recorded earlier.</param>
/// <param name="Lag">From a quote's arrival to its commit in the store.</param>
/// <param name="Age">The same from the exchange's time on, as far as both clocks agree.</param>
/// <param name="Agreement">The share of the changes of order books after which book and quotes agreed; null when none were
/// compared.</param>
public sealed record CollectResult(
    long Recorded,
    long Written,
    long Gaps,
    long Waiting,
    long Lost,
    long Repeated,
    LagSummary? Lag,
    LagSummary? Age,
    double? Agreement
);
