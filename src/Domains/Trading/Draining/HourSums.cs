using System.Data.Common;
using System.Text;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Draining;

/// <summary>The sums of a file's or a table's rows by hour; the third column is the time.</summary>
internal sealed class HourSums(IReadOnlyList<Column> columns)
{
    private const int TimeColumn = 2;
    private const ulong Empty = 0x9E3779B97F4A7C15;

    private readonly Dictionary<long, HourSum> hours = [];

    public IReadOnlyDictionary<long, HourSum> Hours => hours;

    public void Add(RowBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var hash = 0UL;
            for (var i = 0; i < columns.Count; i++)
            {
                hash =
                    batch[i].IsNull(row) ? Mix(hash, Empty)
                    : columns[i].Type == ColumnType.Text ? Mix(hash, HashOf(batch[i].AsText()[row]))
                    : columns[i].Type == ColumnType.Decimal ? Mix(hash, batch[i].Values<Int128>()[row])
                    : Mix(hash, (ulong)batch[i].Values<long>()[row]);
            }

            Add(batch[TimeColumn].Values<long>()[row], hash);
        }
    }

    public void Add(DbDataReader reader)
    {
        var hash = 0UL;
        for (var i = 0; i < columns.Count; i++)
        {
            hash =
                reader.IsDBNull(i) ? Mix(hash, Empty)
                : columns[i].Type == ColumnType.Text ? Mix(hash, HashOf(Encoding.UTF8.GetBytes(reader.GetString(i))))
                : columns[i].Type == ColumnType.Decimal ? Mix(hash, Exact.FromDecimal(reader.GetDecimal(i)))
                : Mix(hash, (ulong)reader.GetInt64(i));
        }

        Add(reader.GetInt64(TimeColumn), hash);
    }

    private void Add(long timestamp, ulong hash)
    {
        var hour = timestamp / Moment.Hour;
        hours[hour] = hours.GetValueOrDefault(hour).With(timestamp, hash);
    }

    private static ulong HashOf(ReadOnlySpan<byte> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in text)
        {
            hash = unchecked((hash ^ value) * 1099511628211UL);
        }

        return hash;
    }

    private static ulong Mix(ulong hash, Int128 value) => Mix(Mix(hash, (ulong)value), (ulong)(value >> 64));

    // The steps of SplitMix64 (Steele, Lea and Flood 2014): every bit of a value reaches every bit of the hash.
    private static ulong Mix(ulong hash, ulong value)
    {
        unchecked
        {
            var z = hash + value + 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
