namespace Tradepost.Trading.Features;

/// <summary>What came of features.</summary>
/// <param name="Symbols">How many symbols have features.</param>
/// <param name="Rows">Rows that were written: one for each symbol and hour.</param>
/// <param name="From">The first hour's end of which rows were written (UTC); null where nothing has changed.</param>
/// <param name="Candles">Candles of recorded quotes that were made first, and are new or others.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record FeaturesResult(int Symbols, long Rows, DateTime? From, long Candles, double Seconds);

/// <summary>The features that there are.</summary>
public sealed record FeatureDescriptions(IReadOnlyList<FeatureDescription> Items);

/// <summary>A feature.</summary>
/// <param name="Name">A column of trading_features.</param>
/// <param name="Formula">t is the hour that ends, C, H, L, V its close, high, low and volume, r the log return of an hour.</param>
/// <param name="LookBack">How many hours before its own it needs.</param>
public sealed record FeatureDescription(string Name, string Formula, int LookBack);
