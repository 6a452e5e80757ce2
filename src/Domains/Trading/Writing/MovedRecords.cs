using Tradepost.Streams.Drains;

namespace Tradepost.Trading.Writing;

/// <summary>How many records of a log were moved.</summary>
/// <param name="Rows">Quotes and trades.</param>
/// <param name="Gaps">Times in which some may be missing: no quotes, and not counted as such.</param>
internal readonly record struct MovedRecords(long Rows, long Gaps)
{
    public static MovedRecords Of(LogDrain drain) => new(drain.Written[0] + drain.Written[1], drain.Written[2]);
}
