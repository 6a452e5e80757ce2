using System.Text;
using Tradepost.Streams.Segments;
using Tradepost.Tests.Support;

namespace Tradepost.Streams.Tests;

public sealed class DurableLogTests : IDisposable
{
    private static readonly LogOptions Small = new() { SegmentBytes = 64 << 10, GroupInterval = TimeSpan.Zero };

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_are_read_as_they_were_appended_across_segments_and_after_reopening()
    {
        await using (var log = Open(Small))
        {
            await AppendAsync(log, 0, 3_000);
            log.Repair.ShouldBeNull();
        }

        await using var again = Open(Small);
        await AppendAsync(again, 3_000, 4_000);

        SegmentFile.In(folder.Path).Count.ShouldBeGreaterThan(5);
        (await ReadAsync(again, 0, 4_000)).ShouldBe(Contents(0, 4_000));
        (await ReadAsync(again, 2_345, 4_000)).ShouldBe(Contents(2_345, 4_000));
    }

    [Fact]
    public async Task Whatever_goes_wrong_while_it_writes_the_log_goes_on_and_nobody_waits_for_ever()
    {
        var clock = new FailingTime();
        // A retention, so that the clock is read at all; one that has passed for every segment.
        await using var log = DurableLog.Open(folder.Path, Small with { Retention = TimeSpan.FromTicks(1) }, clock);
        log.Read("test", 0).Dispose();
        await AppendAsync(log, 0, 5_000); // several segments, the oldest of which may go once they are read
        clock.IsFailing = true;
        Should.Throw<InvalidOperationException>(() => log.Release("test", 4_900));

        for (var number = 5_000; number < 10_000; number++)
        {
            (await log.AppendAsync(Content(number), Cancellation)).ShouldBe(number);
        }

        Exception? failure;
        while ((failure = log.Failure) is null)
        {
            await Task.Delay(5, Cancellation);
        }

        failure.ShouldBeOfType<InvalidOperationException>();
        clock.IsFailing = false;
        await log.FlushAsync(Cancellation);
        log.Failure.ShouldBeNull();
        (await ReadAsync(log, 5_000, 10_000)).ShouldBe(Contents(5_000, 10_000));
    }

    [Fact]
    public async Task A_log_keeps_its_identity_until_it_is_begun_anew()
    {
        Guid first;
        await using (var log = Open(Small))
        {
            first = log.Identity;
            await AppendAsync(log, 0, 10);
        }

        await using (var again = Open(Small))
        {
            again.Identity.ShouldBe(first);
        }

        File.Delete(SegmentFile.In(folder.Path).Single().Path);
        await using var anew = Open(Small);
        anew.Identity.ShouldNotBe(first);
    }

    [Fact]
    public async Task Appends_from_many_threads_get_each_position_once()
    {
        await using var log = Open(Small);

        var positions = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        var mine = new List<(long Position, string Content)>();
                        for (var i = 0; i < 2_000; i++)
                        {
                            var content = $"{writer}:{i}";
                            mine.Add(((await log.AppendAsync(Encoding.UTF8.GetBytes(content), Cancellation))!.Value, content));
                        }

                        return mine;
                    })
                )
        );
        await log.FlushAsync(Cancellation);

        var all = positions.SelectMany(mine => mine).OrderBy(pair => pair.Position).ToList();
        all.Select(pair => pair.Position).ShouldBe(Enumerable.Range(0, 16_000).Select(i => (long)i));
        (await ReadAsync(log, 0, 16_000)).ShouldBe(all.Select(pair => pair.Content));
    }

    [Fact]
    public async Task A_reader_at_the_end_waits_for_the_next_record_and_ends_with_the_log()
    {
        var log = Open(Small);
        using var reader = log.Read("store", 0);
        var batch = new LogBatch();

        var waiting = reader.ReadAsync(batch, Cancellation).AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        await log.AppendAsync("late"u8.ToArray(), Cancellation);

        (await waiting).ShouldBeTrue();
        Encoding.UTF8.GetString(batch[0]).ShouldBe("late");
        var last = reader.ReadAsync(batch, Cancellation).AsTask();
        await log.DisposeAsync();
        (await last).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_acknowledged_survives_kill_9_at_any_moment()
    {
        var random = new Random(5);
        var acknowledged = -1L;
        for (var round = 0; round < 10; round++)
        {
            var last = await WritingProcess.RunAndKillAsync(folder.Path, TimeSpan.FromMilliseconds(random.Next(1, 150)), Cancellation);
            acknowledged = Math.Max(acknowledged, last);
        }

        await using var log = Open(new LogOptions());

        acknowledged.ShouldBeGreaterThan(0);
        log.Next.ShouldBeGreaterThan(acknowledged);
        (await ReadAsync(log, 0, log.Next)).ShouldBe(
            Enumerable.Range(0, (int)log.Next).Select(i => Encoding.UTF8.GetString(WritingProcess.Content(i)))
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(13)]
    [InlineData(40)]
    public async Task A_torn_tail_is_cut_off_and_kept_aside(int bytes)
    {
        await using (var log = Open(Small))
        {
            await AppendAsync(log, 0, 10);
        }

        var path = SegmentFile.In(folder.Path).Single().Path;
        var torn = new byte[RecordFormat.SizeOf(40)];
        RecordFormat.Write(torn, 10, new byte[40]);
        await File.AppendAllBytesAsync(path, torn[..bytes], Cancellation);

        await using var again = Open(Small);

        again.Repair.ShouldNotBeNull();
        again.Repair.Bytes.ShouldBe(bytes);
        (await File.ReadAllBytesAsync(again.Repair.KeptIn, Cancellation)).ShouldBe(torn[..bytes]);
        await AppendAsync(again, 10, 12);
        (await ReadAsync(again, 0, 12)).ShouldBe(Contents(0, 12));
    }

    [Fact]
    public async Task A_segment_damaged_on_disk_costs_its_own_records_and_no_others()
    {
        await using (var log = Open(Small))
        {
            await AppendAsync(log, 0, 3_000);
        }

        var segments = SegmentFile.In(folder.Path);
        var damaged = segments[1];
        using (var file = File.Open(damaged.Path, FileMode.Open))
        {
            file.Position = 5_000;
            file.WriteByte(255);
            file.WriteByte(0);
        }

        await using var again = Open(Small);
        using var reader = again.Read("store", 0);
        var read = new List<string>();
        var batch = new LogBatch();
        while (reader.Position < 3_000 && await reader.ReadAsync(batch, Cancellation))
        {
            read.AddRange(Enumerable.Range(0, batch.Count).Select(i => Encoding.UTF8.GetString(batch[i])));
        }

        var damage = reader.Damage.ShouldHaveSingleItem();
        damage.From.ShouldBeInRange(damaged.First, damage.To - 1);
        damage.To.ShouldBe(segments[2].First);
        read.ShouldBe([.. Contents(0, damage.From), .. Contents(damage.To, 3_000)]);
    }

    [Fact]
    public async Task A_full_log_takes_nothing_more_and_keeps_what_it_has_until_readers_release_it()
    {
        var options = Small with { BudgetBytes = 200 << 10 };
        await using var log = Open(options);
        using var reader = log.Read("store", 0);
        var taken = 0;
        while (await log.AppendAsync(Content(taken), Cancellation) is not null)
        {
            taken++;
            await log.FlushAsync(Cancellation);
        }

        log.Bytes.ShouldBeInRange(190 << 10, 200 << 10);
        (await ReadAsync(log, 0, taken)).ShouldBe(Contents(0, taken));
        using var same = log.Read("reading", taken);
        reader.Release(taken / 2);

        (await log.AppendAsync(Content(taken), Cancellation)).ShouldBe(taken);
        log.First.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Segments_go_when_every_reader_has_passed_them_and_they_are_old()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        await using var log = DurableLog.Open(folder.Path, Small with { Retention = TimeSpan.FromHours(1) }, time);
        using var store = log.Read("store", 0);
        using var files = log.Read("files", 0);
        await AppendAsync(log, 0, 3_000);

        store.Release(3_000);
        files.Release(3_000);
        log.First.ShouldBe(0);
        time.Advance(TimeSpan.FromHours(2));
        files.Release(3_000);

        log.First.ShouldBeGreaterThan(2_000);
        Should
            .Throw<ArgumentOutOfRangeException>(() => log.Read("late", 0))
            .Message.ShouldContain($"holds the positions {log.First} to 3000");
    }

    [Fact]
    public async Task A_log_has_one_writer()
    {
        await using var log = Open(Small);

        Should.Throw<LogInUseException>(() => Open(Small)).Message.ShouldContain(folder.Path);
    }

    [Fact]
    public async Task A_folder_that_stops_taking_writes_fills_the_log_and_loses_nothing_of_it()
    {
        await using var log = Open(Small with { PendingBytes = 64 << 10 });
        await AppendAsync(log, 0, 100);

        // Writing to the open segment goes on; no further one can be made.
        var away = folder.Path + ".away";
        Directory.Move(folder.Path, away);
        var taken = 100L;
        while (log.Failure is null && taken < 20_000)
        {
            (await log.AppendAsync(Content(taken), Cancellation)).ShouldBe(taken);
            taken++;
        }

        while (await log.AppendAsync(Content(taken), Cancellation) is not null)
        {
            taken++;
        }

        log.Failure.ShouldBeOfType<DirectoryNotFoundException>();
        Directory.Move(away, folder.Path);
        await log.FlushAsync(Cancellation);

        log.Failure.ShouldBeNull();
        (await ReadAsync(log, 0, taken)).ShouldBe(Contents(0, taken));
    }

    public void Dispose() => folder.Dispose();

    private static string Text(long number) => Encoding.UTF8.GetString(Content(number));

    private static byte[] Content(long number) => WritingProcess.Content(number);

    private static IEnumerable<string> Contents(long from, long to) =>
        Enumerable.Range((int)from, (int)(to - from)).Select(number => Text(number));

    private static async Task AppendAsync(DurableLog log, long from, long to)
    {
        for (var number = from; number < to; number++)
        {
            (await log.AppendAsync(Content(number), Cancellation)).ShouldBe(number);
            if (number % 50 == 0)
            {
                await log.FlushAsync(Cancellation);
            }
        }

        await log.FlushAsync(Cancellation);
    }

    private static async Task<List<string>> ReadAsync(DurableLog log, long from, long to)
    {
        using var reader = log.Read("reading", from);
        var read = new List<string>();
        var batch = new LogBatch();
        while (reader.Position < to && await reader.ReadAsync(batch, Cancellation))
        {
            batch.First.ShouldBe(from + read.Count);
            read.AddRange(Enumerable.Range(0, batch.Count).Select(i => Encoding.UTF8.GetString(batch[i])));
        }

        reader.Damage.ShouldBeEmpty();
        return read;
    }

    private DurableLog Open(LogOptions options) => DurableLog.Open(folder.Path, options, TimeProvider.System);

    /// <summary>A clock that cannot be read for a while.</summary>
    private sealed class FailingTime : TimeProvider
    {
        public volatile bool IsFailing;

        public override DateTimeOffset GetUtcNow() =>
            IsFailing ? throw new InvalidOperationException("The clock cannot be read.") : System.GetUtcNow();
    }
}
