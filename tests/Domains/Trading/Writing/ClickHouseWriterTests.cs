using System.Net.Sockets;
using System.Text;
using Tradepost.Storage.ClickHouse;
using Tradepost.Storage.Loading;
using Tradepost.Streams;
using Tradepost.Streams.Drains;
using Tradepost.Tests.Support;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Tests.Writing;

/// <summary>Each record of a log is on ClickHouse once, whatever happened to the inserts before.</summary>
public sealed class ClickHouseWriterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tables_of_an_earlier_version_keep_their_rows_and_take_twenty_digits_and_empty_sides()
    {
        using var world = await ClickHouseWorld.CreateAsync();
        using var client = new ClickHouseClient(ClickHouseWorld.Parse(world.Url));
        await ClickHouseTables.CreateAsync(client, Cancellation);
        await world.QueryAsync(
            "ALTER TABLE $orderbook_data MODIFY COLUMN ask_amount Decimal(18,8), MODIFY COLUMN ask_price Decimal(18,8), MODIFY COLUMN bid_price Decimal(18,8), MODIFY COLUMN bid_amount Decimal(18,8)"
        );
        await world.QueryAsync("ALTER TABLE $trade_data MODIFY COLUMN price Decimal(18,8), MODIFY COLUMN amount Decimal(18,8)");
        await world.QueryAsync(
            "INSERT INTO $orderbook_data (exchange, symbol, timestamp, ask_amount, ask_price, bid_price, bid_amount, position) VALUES ('binance', 'OLD', 1, 9999999999.5, 2.5, 1.5, 0.00000001, 0)"
        );
        await using var log = world.OpenLog();
        await AppendAsync(log, record => QuoteRecords.Write(record, new Quote("binance", "NEW", 7, 2, 3, 1, Exact.Largest, 0, 0)));

        await world.WriteAllAsync(log);

        (
            await world.QueryAsync("SELECT symbol, ask_amount, ask_price, bid_price, bid_amount FROM $orderbook_data ORDER BY timestamp")
        ).ShouldBe([
            ["OLD", "9999999999.50000000", "2.50000000", "1.50000000", "0.00000001"],
            ["NEW", "0.00000001", "999999999999.99999999", @"\N", @"\N"],
        ]);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("?compress=gzip", false)]
    [InlineData("?compress=gzip", true)]
    public async Task Every_field_is_on_ClickHouse_as_it_was_recorded(string options, bool isNewest)
    {
        using var world = await ClickHouseWorld.CreateAsync(isNewest);
        await using var log = world.OpenLog();
        var symbol = new string('Ä', 100);
        await AppendAsync(log, record =>
            QuoteRecords.Write(
                record,
                new Quote("binance", symbol, 7, 1_723_075_199_999_999, 1_723_075_200_000_001, -1, 123_456_789, Exact.Largest, 0)
            )
        );
        await AppendAsync(log, record => QuoteRecords.Write(record, new Quote("binance", "EARLY", 7, -5, long.MaxValue, 1, 2, 3, 4)));
        await AppendAsync(log, record =>
            QuoteRecords.Write(
                record,
                new Trade("binance", "BTCUSDT", 42, 1_723_075_199_000_000, 1_723_075_199_000_001, IsSell: true, 100_000_000, 1)
            )
        );
        await AppendAsync(log, record =>
            QuoteRecords.Write(record, new Gap("binance", "BTCUSDT", "quotes", 1, 2, 3, 4, GapReason.LogFull))
        );

        await world.WriteAllAsync(log, world.Url + options);

        (
            await world.QueryAsync(
                "SELECT symbol, timestamp, local_timestamp, ask_amount, ask_price, bid_price, bid_amount, time, position, log FROM $orderbook_data ORDER BY position"
            )
        ).ShouldBe([
            [
                symbol,
                "1723075199999999",
                "1723075200000001",
                "-0.00000001",
                "1.23456789",
                "999999999999.99999999",
                "0.00000000",
                "2024-08-07 23:59:59",
                "0",
                log.Identity.ToString(),
            ],
            [
                "EARLY",
                "-5",
                "9223372036854775807",
                "0.00000001",
                "0.00000002",
                "0.00000003",
                "0.00000004",
                isNewest ? "1970-01-01 00:00:00" : "0000-00-00 00:00:00",
                "1",
                log.Identity.ToString(),
            ],
        ]);
        (
            await world.QueryAsync(
                "SELECT exchange, symbol, id, timestamp, local_timestamp, side, price, amount, position FROM $trade_data"
            )
        ).ShouldBe([
            ["binance", "BTCUSDT", "42", "1723075199000000", "1723075199000001", "sell", "1.00000000", "0.00000001", "2"],
        ]);
        (
            await world.QueryAsync(
                "SELECT symbol, stream, from_timestamp, to_timestamp, from_update_id, to_update_id, reason, position FROM $collector_gaps"
            )
        ).ShouldBe([
            ["BTCUSDT", "quotes", "1", "2", "3", "4", "log_full", "3"],
        ]);
        (await world.QueryAsync("SELECT name, max(position) FROM $log_positions GROUP BY name")).ShouldBe([
            [world.LogFolder, "4"],
        ]);
        (
            await world.QueryAsync("SELECT count() FROM $orderbook_data WHERE toUnixTimestamp(now()) - toUnixTimestamp(created_at) < 3600")
        ).ShouldBe([
            ["2"],
        ]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_an_insert_that_was_cut_off_has_left_is_not_inserted_again(bool isNewest)
    {
        using var world = await ClickHouseWorld.CreateAsync(isNewest);
        await using var log = world.OpenLog();
        await ClickHouseWorld.AppendAsync(log, 0, 2_000);
        using var client = new ClickHouseClient(ClickHouseWorld.Parse(world.Url));
        await ClickHouseTables.CreateAsync(client, Cancellation);
        foreach (var positions in new[] { Enumerable.Range(0, 700), Enumerable.Range(1_300, 50) })
        {
            await client.InsertAsync(
                QuoteTables.Quotes,
                ClickHouseSink.ColumnsOf(QuoteLog.Quotes),
                RowsOf(log, positions).Rows,
                "cut off",
                Cancellation
            );
        }

        await world.WriteAllAsync(log);

        (await world.NumbersAsync()).ShouldBe(Enumerable.Range(0, 2_000).Select(number => (long)number));
    }

    [Fact]
    public async Task An_insert_that_still_runs_is_waited_for_and_not_repeated()
    {
        using var world = await ClickHouseWorld.CreateAsync();
        await using var log = world.OpenLog();
        await ClickHouseWorld.AppendAsync(log, 0, 30_000);
        using var client = new ClickHouseClient(ClickHouseWorld.Parse(world.Url));
        await ClickHouseTables.CreateAsync(client, Cancellation);

        // A server reads a megabyte before it begins.
        var rows = RowsOf(log, Enumerable.Range(0, 30_000)).Rows;
        using var left = await BeginInsertAsync(world, $"tradepost-{log.Identity}-1-1", rows);
        using var writer = world.Writer(log);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var writing = writer.RunAsync(stop.Token);
        await Task.Delay(500, Cancellation);
        MovedRecords.Of(writer).ShouldBe(default);
        await left.GetStream().WriteAsync(rows[^1..], Cancellation);
        while (writer.Position < log.Durable)
        {
            await Task.Delay(5, Cancellation);
        }

        await ClickHouseWorld.EndAsync(writing, stop);
        (await world.NumbersAsync()).ShouldBe(Enumerable.Range(0, 30_000).Select(number => (long)number));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lost_answers_and_cut_requests_neither_lose_nor_double_a_record(bool isNewest)
    {
        using var world = await ClickHouseWorld.CreateAsync(isNewest);
        await using var log = world.OpenLog();
        await using var relay = new CuttingRelay(world.Port, seed: 5);
        var url = world.Url.Replace($":{world.Port}/", $":{relay.Port}/", StringComparison.Ordinal);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var writer = world.Writer(log, url);

        var writing = writer.RunAsync(stop.Token);
        for (var i = 0; i < 40; i++)
        {
            await ClickHouseWorld.AppendAsync(log, i * 500, 500);
            relay.CutNext();
            while (relay.Cuts <= i && writer.Position < log.Durable)
            {
                await Task.Delay(5, Cancellation);
            }
        }

        relay.Heal();
        while (writer.Position < log.Durable && !writing.IsCompleted)
        {
            await Task.Delay(5, Cancellation);
        }

        await ClickHouseWorld.EndAsync(writing, stop);
        relay.Cuts.ShouldBeGreaterThan(5);
        (await world.NumbersAsync()).ShouldBe(Enumerable.Range(0, 20_000).Select(number => (long)number));
    }

    [Fact]
    public async Task A_log_that_is_begun_anew_in_the_same_folder_is_another_log()
    {
        using var world = await ClickHouseWorld.CreateAsync();
        await using (var log = world.OpenLog())
        {
            await ClickHouseWorld.AppendAsync(log, 0, 100);
            await world.WriteAllAsync(log);
        }

        Directory.Delete(world.LogFolder, recursive: true);
        await using var anew = world.OpenLog();
        await ClickHouseWorld.AppendAsync(anew, 50, 100);
        await world.WriteAllAsync(anew);

        (await world.NumbersAsync()).ShouldBe(
            Enumerable.Range(0, 100).Concat(Enumerable.Range(50, 100)).Select(number => (long)number).Order()
        );
    }

    [Fact]
    public async Task A_log_that_was_restored_from_a_copy_is_refused_and_kept()
    {
        using var world = await ClickHouseWorld.CreateAsync();
        await using (var log = world.OpenLog())
        {
            await ClickHouseWorld.AppendAsync(log, 0, 100);
            await world.WriteAllAsync(log);
        }

        foreach (var segment in Directory.GetFiles(world.LogFolder, "*.log"))
        {
            using var file = File.OpenWrite(segment);
            file.SetLength(file.Length / 2);
        }

        await using var older = world.OpenLog();
        var problem = await ProblemAsync(world, older, world.Url);

        problem.ShouldContain($"has more of the log in {world.LogFolder} than is in it");
        (await world.NumbersAsync()).Count.ShouldBe(100);
    }

    [Fact]
    public async Task A_server_that_goes_away_gets_what_it_missed_when_it_is_back()
    {
        await using var server = await Servers.RequireAsync(ClickHouseServer.StartDedicatedAsync);
        using var world = new ClickHouseWorld(server);
        await using var log = world.OpenLog();
        using var writer = world.Writer(log);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writing = writer.RunAsync(stop.Token);
        for (var i = 0; i < 4; i++)
        {
            await ClickHouseWorld.AppendAsync(log, i * 1_000, 1_000);
            await server.StopAsync();
            await ClickHouseWorld.AppendAsync(log, 4_000 + (i * 1_000), 1_000);
            while (writer.Failure is null)
            {
                await Task.Delay(5, Cancellation);
            }

            writer.Failure.ShouldBeOneOf(
                $"http://app:***@127.0.0.1:{server.Port}/{world.Database} ended the connection.",
                $"http://app:***@127.0.0.1:{server.Port}/{world.Database} cannot be reached: Connection refused."
            );
            await server.StartAgainAsync();
            while (writer.Position < log.Durable)
            {
                await Task.Delay(5, Cancellation);
            }

            writer.Failure.ShouldBeNull();
        }

        await ClickHouseWorld.EndAsync(writing, stop);
        (await world.NumbersAsync()).ShouldBe(Enumerable.Range(0, 8_000).Select(number => (long)number));
    }

    [Theory]
    [InlineData(
        "http://app:hunter2@127.0.0.1:PORT/db",
        "http://app:***@127.0.0.1:PORT/db refuses: Wrong password for user app (code 193)."
    )]
    [InlineData("http://nobody:hunter2@127.0.0.1:PORT/db", "http://nobody:***@127.0.0.1:PORT/db refuses: Unknown user nobody (code 192).")]
    [InlineData("http://app:hunter2@127.0.0.1:1/db", "http://app:***@127.0.0.1:1/db cannot be reached: Connection refused.")]
    [InlineData("https://app:hunter2@127.0.0.1:PORT/db", "https://app:***@127.0.0.1:PORT/db cannot be reached: ")]
    public async Task A_server_that_refuses_gets_one_sentence_and_the_log_keeps_everything(string url, string sentence)
    {
        using var world = await ClickHouseWorld.CreateAsync();
        var port = world.Port.ToString();
        await using var log = world.OpenLog();
        await ClickHouseWorld.AppendAsync(log, 0, 10);

        var problem = await ProblemAsync(world, log, url.Replace("PORT", port, StringComparison.Ordinal));

        problem.ShouldStartWith(sentence.Replace("PORT", port, StringComparison.Ordinal));
        problem.ShouldNotContain("hunter2");
        log.First.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Days_that_are_not_to_be_kept_are_dropped(bool isNewest)
    {
        using var world = await ClickHouseWorld.CreateAsync(isNewest);
        await using var log = world.OpenLog();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        foreach (var day in new[] { 0, 1, 5, 400 })
        {
            await AppendAsync(log, record =>
                QuoteRecords.Write(record, new Quote("binance", "BTCUSDT", day, now - (day * 86_400_000_000), now, day, 1, 1, 1))
            );
        }

        using var writer = QuoteDrains.ToClickHouse(
            new ClickHouseClient(ClickHouseWorld.Parse(world.Url)),
            log,
            world.LogFolder,
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
            retainedDays: 3
        );
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writing = writer.RunAsync(stop.Token);
        while (
            (
                await world.QueryAsync(
                    "SELECT count() FROM system.tables WHERE name = 'orderbook_data' AND database = '" + world.Database + "'"
                )
            )[0][0] == "0"
            || (await world.NumbersAsync()) is not [0, 1]
        )
        {
            await Task.Delay(20, Cancellation);
        }

        await ClickHouseWorld.EndAsync(writing, stop);
    }

    private static async Task<string> ProblemAsync(ClickHouseWorld world, DurableLog log, string url)
    {
        using var writer = world.Writer(log, url);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writing = writer.RunAsync(stop.Token);
        while (writer.Failure is null && !writing.IsCompleted)
        {
            await Task.Delay(5, Cancellation);
        }

        var problem = writer.Failure!;
        await ClickHouseWorld.EndAsync(writing, stop);
        return problem;
    }

    private static async Task AppendAsync(DurableLog log, Func<byte[], int> write)
    {
        var record = new byte[1024];
        await log.AppendAsync(record.AsMemory(0, write(record)), Cancellation);
        await log.FlushAsync(Cancellation);
    }

    /// <summary>What a writer would send for some of the numbered quotes, which lie at the positions of their numbers.</summary>
    private static ClickHouseRows RowsOf(DurableLog log, IEnumerable<int> positions)
    {
        var rows = new ClickHouseRows(log.Identity);
        var batch = new RowBatch(QuoteLog.Quotes.Columns, capacity: 1);
        foreach (var position in positions)
        {
            batch.Clear();
            QuoteTables.Add(batch, ClickHouseWorld.Quote(position));
            rows.Add(QuoteLog.Quotes, batch, 0, position);
        }

        return rows;
    }

    /// <summary>An insert as a collector leaves it that is killed: all but the last byte is sent, and the server is at it.</summary>
    private static async Task<TcpClient> BeginInsertAsync(ClickHouseWorld world, string queryId, ReadOnlyMemory<byte> rows)
    {
        var insert =
            $"INSERT INTO {world.Database}.{QuoteTables.Quotes} ({string.Join(',', ClickHouseSink.ColumnsOf(QuoteLog.Quotes))}) FORMAT RowBinary";
        var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", world.Port, Cancellation);
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClickHouseServer.User}:{ClickHouseServer.Password}"));
        await connection
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"POST /?query_id={queryId}&query={Uri.EscapeDataString(insert)} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic {credentials}\r\nContent-Length: {rows.Length}\r\n\r\n"
                ),
                Cancellation
            );
        await connection.GetStream().WriteAsync(rows[..^1], Cancellation);
        while ((await world.QueryAsync($"SELECT count() FROM system.processes WHERE query_id = '{queryId}'"))[0][0] == "0")
        {
            await Task.Delay(5, Cancellation);
        }

        return connection;
    }
}
