using System.Data.Common;
using System.Globalization;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Writing;

/// <summary>
/// The partitions of quotes where tables have some, one for each UTC day of the exchange's time: made ahead, and dropped when they are
/// older than is to be kept. Rows of a day without one go to the default partition.
/// </summary>
internal sealed class DayPartitions(Store store, TimeProvider clock)
{
    private const int Ahead = 3;
    private const string Prefix = QuoteTables.Quotes + "_";

    private readonly HashSet<long> made = [];

    /// <summary>Makes the partitions of these days, and of the next few.</summary>
    public async Task EnsureAsync(DbConnection connection, IEnumerable<long> timestamps, CancellationToken cancellationToken)
    {
        if (!store.Traits.HasPartitions)
        {
            return;
        }

        var today = Day(clock.Microseconds());
        foreach (
            var day in timestamps
                .Select(Day)
                .Concat(Enumerable.Range(0, Ahead + 1).Select(i => today + i))
                .Where(day => day >= 0)
                .Distinct()
        )
        {
            if (made.Add(day))
            {
                await MakeAsync(connection, day, cancellationToken);
            }
        }
    }

    /// <summary>Drops what is older than some days; gives how many rows or partitions went.</summary>
    public async Task DropAsync(DbConnection connection, int retainedDays, CancellationToken cancellationToken)
    {
        var first = Day(clock.Microseconds()) - retainedDays;
        if (store.Traits.HasPartitions)
        {
            var names = await connection.ReadAsync(
                store.Dialect.PartitionsOf(QuoteTables.Quotes),
                row => row.GetString(0),
                cancellationToken
            );
            foreach (var name in names.Where(name => DayOf(name) < first))
            {
                await connection.ExecuteAsync($"DROP TABLE {Sql.Name(name)}", null, cancellationToken);
            }
        }

        await connection.ExecuteAsync(
            $"DELETE FROM {QuoteTables.Quotes} WHERE timestamp < @first",
            new { first = first * Moment.Day },
            cancellationToken
        );
    }

    private static long Day(long timestamp) => Math.DivRem(timestamp, Moment.Day, out var rest) - (rest < 0 ? 1 : 0);

    private static string NameOf(long day) => Prefix + DateTime.UnixEpoch.AddDays(day).ToString("yyyyMMdd");

    /// <summary>The day of a partition of ours; null of any other, which somebody attached.</summary>
    private static long? DayOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        && DateTime.TryParseExact(name.AsSpan(Prefix.Length), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? (date - DateTime.UnixEpoch).Days
            : null;

    private async Task MakeAsync(DbConnection connection, long day, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            store.Dialect.CreatePartition(QuoteTables.Quotes, NameOf(day), "timestamp", day * Moment.Day, (day + 1) * Moment.Day),
            null,
            cancellationToken
        );
}
