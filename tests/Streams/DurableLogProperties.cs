using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Tradepost.Streams.Segments;
using Tradepost.Tests.Support;

namespace Tradepost.Streams.Tests;

/// <summary>What holds of a log whatever is put into it, whenever it is closed and wherever its last file ends; FsCheck makes the cases, and makes small those that fail.</summary>
public sealed class DurableLogProperties
{
    private static readonly LogOptions Small = new() { SegmentBytes = 64 << 10, GroupInterval = TimeSpan.Zero };

    // The same cases in every run; without it they are others each time.
    private const string Seed = "(6014806114109847795,464822545013840545)";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // openings: the records that are appended each time the log is open.
    [Property(MaxTest = 100, Replay = Seed, Arbitrary = [typeof(Records)])]
    public async Task Records_come_back_as_they_were_appended_however_often_the_log_is_reopened(byte[][][] openings)
    {
        using var folder = new TemporaryFolder();
        foreach (var records in openings)
        {
            await AppendAsync(folder, records);
        }

        (await ReadAsync(folder)).ShouldBe(openings.SelectMany(records => records));
    }

    // cut: how many bytes of the last file are lost, modulo its length.
    [Property(MaxTest = 100, Replay = Seed, Arbitrary = [typeof(Records)])]
    public async Task A_log_whose_end_was_lost_has_whole_records_from_the_first_on_and_takes_more(
        byte[][] records,
        NonNegativeInt cut,
        byte[] next
    )
    {
        using var folder = new TemporaryFolder();
        await AppendAsync(folder, records);
        if (SegmentFile.In(folder.Path) is [.., var last])
        {
            await using var file = File.Open(last.Path, FileMode.Open);
            file.SetLength(file.Length - (cut.Get % (file.Length + 1)));
        }

        var left = await ReadAsync(folder);
        await AppendAsync(folder, [next]);

        left.ShouldBe(records.Take(left.Count));
        (await ReadAsync(folder)).ShouldBe([.. left, next]);
    }

    private static async Task AppendAsync(TemporaryFolder folder, byte[][] records)
    {
        await using var log = DurableLog.Open(folder.Path, Small, TimeProvider.System);
        foreach (var record in records)
        {
            await log.AppendAsync(record, Cancellation);
        }
    }

    private static async Task<List<byte[]>> ReadAsync(TemporaryFolder folder)
    {
        await using var log = DurableLog.Open(folder.Path, Small, TimeProvider.System);
        using var reader = log.Read("test", log.First);
        var batch = new LogBatch();
        var records = new List<byte[]>();
        while (reader.Position < log.Durable && await reader.ReadAsync(batch, Cancellation))
        {
            records.AddRange(Enumerable.Range(0, batch.Count).Select(index => batch[index].ToArray()));
        }

        return records;
    }

    /// <summary>Records of any bytes, from none to more than a segment holds.</summary>
    private static class Records
    {
        public static Arbitrary<byte[]> One() =>
            Gen.Frequency(
                    (8, Gen.ArrayOf(ArbMap.Default.GeneratorFor<byte>())),
                    (1, ArbMap.Default.GeneratorFor<byte>().ArrayOf(30_000)),
                    (1, Gen.Constant(Array.Empty<byte>()))
                )
                .ToArbitrary();
    }
}
