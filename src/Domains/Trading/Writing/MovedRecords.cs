using Tradepost.Streams;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Writing;

/// <summary>How many records of a log were moved.</summary>
/// <param name="Rows">Quotes and trades.</param>
/// <param name="Gaps">Times in which some may be missing: no quotes, and not counted as such.</param>
internal readonly record struct MovedRecords(long Rows, long Gaps)
{
    public static MovedRecords operator +(MovedRecords one, MovedRecords other) => new(one.Rows + other.Rows, one.Gaps + other.Gaps);

    public static MovedRecords Of(LogBatch batch)
    {
        var gaps = 0;
        for (var i = 0; i < batch.Count; i++)
        {
            gaps += QuoteRecords.KindOf(batch[i]) == RecordKind.Gap ? 1 : 0;
        }

        return new MovedRecords(batch.Count - gaps, gaps);
    }
}
