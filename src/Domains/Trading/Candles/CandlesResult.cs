namespace Tradepost.Trading.Candles;

/// <summary>What came of candles.</summary>
/// <param name="Files">Of each file and symbol in it.</param>
/// <param name="Recorded">Of each symbol whose quotes and trades are new since the last time; empty where files were given.</param>
/// <param name="Changed">Candles that are new or others than before.</param>
public sealed record CandlesResult(IReadOnlyList<CandleFileResult> Files, IReadOnlyList<RecordedCandles> Recorded, long Changed);

/// <summary>What came of a file's candles. Its rows are its candles and what was kept aside.</summary>
/// <param name="File">The file.</param>
/// <param name="Exchange">Whose candles they are.</param>
/// <param name="Symbol">Of what.</param>
/// <param name="Timeframe">1m or 1h.</param>
/// <param name="From">Where the first candle begins (UTC).</param>
/// <param name="To">Where the last candle ends (UTC).</param>
/// <param name="Rows">Lines with cells, without the header.</param>
/// <param name="Candles">One for each time that there is.</param>
/// <param name="Duplicates">Rows of a time that another row is of.</param>
/// <param name="Conflicts">Those of <paramref name="Duplicates"/> that do not say the same.</param>
/// <param name="Missing">Candles that are missing between the first and the last.</param>
/// <param name="Gaps">In how many stretches they are missing.</param>
/// <param name="KeptAside">Rows that are in the store's rejects, with the rule that each broke.</param>
/// <param name="Changed">Candles that are new or others than before.</param>
/// <param name="Comments">Lines that are none of the table.</param>
/// <param name="TimeConflicts">Rows whose second column of times says another time; the first counts.</param>
/// <param name="Units">How many rows have their time in which unit.</param>
/// <param name="Rules">How many rows were kept aside by which rule.</param>
public sealed record CandleFileResult(
    string File,
    string Exchange,
    string Symbol,
    string Timeframe,
    DateTime From,
    DateTime To,
    long Rows,
    long Candles,
    long Duplicates,
    long Conflicts,
    long Missing,
    long Gaps,
    long KeptAside,
    long Changed,
    long Comments,
    long TimeConflicts,
    IReadOnlyDictionary<string, long> Units,
    IReadOnlyDictionary<string, long> Rules
);

/// <summary>What came of a symbol's recorded quotes and trades.</summary>
/// <param name="Minutes">Candles of a minute that were made, or made again.</param>
/// <param name="Hours">The same of an hour.</param>
/// <param name="Changed">Those that are new or others than before.</param>
public sealed record RecordedCandles(string Exchange, string Symbol, long Minutes, long Hours, long Changed);
