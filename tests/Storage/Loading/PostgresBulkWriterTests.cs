using System.Data.Common;
using Dapper;
using Npgsql;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Loading;

public sealed class PostgresBulkWriterTests : IAsyncLifetime
{
    private PostgresStore store = null!; // set before each test
    private DbConnection connection = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync();
        store = new PostgresStore(new PostgresTarget(PostgresUrl.Parse("DATABASE_URL", database.Url)), TimeProvider.System);
        connection = await store.OpenAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (store is not null)
        {
            await connection.DisposeAsync();
            await store.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Booleans_survive(bool value) =>
        (await RoundTripAsync<bool, bool>(new("c", ColumnType.Boolean), value)).ShouldBe(value);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public async Task Integers_survive(int value) => (await RoundTripAsync<int, int>(new("c", ColumnType.Integer), value)).ShouldBe(value);

    [Theory]
    [InlineData(0L)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public async Task Long_integers_survive(long value) =>
        (await RoundTripAsync<long, long>(new("c", ColumnType.BigInt), value)).ShouldBe(value);

    [Theory]
    [InlineData(0.0)]
    [InlineData(-0.1)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public async Task Doubles_survive(double value) =>
        (await RoundTripAsync<double, double>(new("c", ColumnType.Double), value)).ShouldBe(value);

    [Theory]
    [InlineData(0L, 18, 2, "0.00")]
    [InlineData(1L, 18, 2, "0.01")]
    [InlineData(-1L, 18, 18, "-0.000000000000000001")]
    [InlineData(999_999_999_999_999_999L, 18, 18, "0.999999999999999999")]
    [InlineData(999_999_999_999_999_999L, 18, 0, "999999999999999999")]
    [InlineData(-999_999_999_999_999_999L, 18, 8, "-9999999999.99999999")]
    [InlineData(10_000L, 9, 0, "10000")]
    [InlineData(100_000_000L, 18, 8, "1.00000000")]
    [InlineData(123_456_789L, 18, 5, "1234.56789")]
    [InlineData(12_000_000_034L, 18, 3, "12000000.034")]
    [InlineData(5L, 10, 7, "0.0000005")]
    public async Task Decimals_survive(long unscaled, int precision, int scale, string expected)
    {
        await RoundTripAsync<long, decimal>(Column.Decimal("c", precision, scale), unscaled);

        (await connection.ExecuteScalarAsync<string>("SELECT c::text FROM t")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("99999999999999999999", 20, 8, "999999999999.99999999")]
    [InlineData("-99999999999999999999", 20, 8, "-999999999999.99999999")]
    [InlineData("9223372036854775808", 20, 8, "92233720368.54775808")]
    [InlineData("-9223372036854775809", 20, 8, "-92233720368.54775809")]
    [InlineData("10000000000000000000", 20, 8, "100000000000.00000000")]
    [InlineData("1", 20, 8, "0.00000001")]
    [InlineData("0", 20, 8, "0.00000000")]
    [InlineData("12345678901234567890123456789012345678", 38, 18, "12345678901234567890.123456789012345678")]
    public async Task Decimals_of_more_than_eighteen_digits_survive(string unscaled, int precision, int scale, string expected)
    {
        var column = Column.Decimal("c", precision, scale);
        await CreateAsync([column]);
        var batch = new RowBatch([column]) { Count = 1 };
        batch[0].Values<Int128>()[0] = Int128.Parse(unscaled, System.Globalization.CultureInfo.InvariantCulture);
        await WriteAsync([column], batch);

        (await connection.ExecuteScalarAsync<string>("SELECT c::text FROM t")).ShouldBe(expected);
    }

    [Fact]
    public async Task A_decimal_in_many_digits_survives_for_every_scale()
    {
        var columns = Enumerable.Range(0, 19).Select(scale => Column.Decimal($"c{scale}", 18, scale)).ToList();
        await CreateAsync(columns);
        var batch = new RowBatch(columns);
        foreach (var column in batch.Columns)
        {
            column.Values<long>()[0] = 120_340_056_000_789_010;
            column.Values<long>()[1] = -7_000;
        }

        batch.Count = 2;
        await WriteAsync(columns, batch);

        foreach (var scale in Enumerable.Range(0, 19))
        {
            var sum = await connection.ExecuteScalarAsync<string>(
                $"SELECT (sum(c{scale}) * 1{new string('0', scale)})::numeric(38,0)::text FROM t"
            );
            sum.ShouldBe("120340056000782010");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("naïve — 東京 🚀 Ω")]
    [InlineData("tab\tline\nquote\"backslash\\ \\N")]
    public async Task Texts_survive(string value) => (await RoundTripTextAsync(ColumnType.Text, value)).ShouldBe(value);

    [Fact]
    public async Task A_text_longer_than_any_buffer_survives()
    {
        var value = string.Concat(Enumerable.Repeat("äb", 1_000_000));

        (await RoundTripTextAsync(ColumnType.Text, value)).ShouldBe(value);
    }

    [Fact]
    public async Task Json_survives() =>
        (await RoundTripTextAsync(ColumnType.Json, """{"a": [1, null, "ü"]}""")).ShouldBe("""{"a": [1, null, "ü"]}""");

    [Fact]
    public async Task Bytes_survive_with_zeros()
    {
        byte[] value = [0, 1, 0, 255];
        Column[] columns = [new("c", ColumnType.Binary)];
        await CreateAsync(columns);
        var batch = new RowBatch(columns) { Count = 1 };
        batch[0].AsText().Set(0, value);

        await WriteAsync(columns, batch);

        (await connection.ExecuteScalarAsync<byte[]>("SELECT c FROM t")).ShouldBe(value);
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("1969-12-31")]
    [InlineData("2000-02-29")]
    [InlineData("9999-12-31")]
    public async Task Dates_survive(string day)
    {
        var days = DateOnly.Parse(day).DayNumber - new DateOnly(1970, 1, 1).DayNumber;

        await RoundTripAsync<int, DateTime>(new("c", ColumnType.Date), days);

        (await connection.ExecuteScalarAsync<string>("SELECT c::text FROM t")).ShouldBe(day);
    }

    [Theory]
    [InlineData("0001-01-01 00:00:00")]
    [InlineData("1969-12-31 23:59:59.999999")]
    [InlineData("2026-03-29 02:30:00.000001")]
    [InlineData("9999-12-31 23:59:59.999999")]
    public async Task Timestamps_survive(string moment)
    {
        var microseconds = (DateTime.Parse(moment) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

        await RoundTripAsync<long, DateTime>(new("c", ColumnType.Timestamp), microseconds);

        (await connection.ExecuteScalarAsync<string>("SELECT c::text FROM t")).ShouldBe(moment);
    }

    [Fact]
    public async Task Uuids_survive()
    {
        var value = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");

        (await RoundTripAsync<Guid, Guid>(new("c", ColumnType.Uuid), value)).ShouldBe(value);
    }

    [Fact]
    public async Task Nulls_of_every_type_survive()
    {
        var columns = Enum.GetValues<ColumnType>()
            .Select(type => type == ColumnType.Decimal ? Column.Decimal("decimal", 10, 2) : new Column(type.ToString(), type))
            .ToList();
        await CreateAsync(columns);
        var batch = new RowBatch(columns) { Count = 1 };
        foreach (var column in batch.Columns)
        {
            column.SetNull(0);
        }

        await WriteAsync(columns, batch);

        var row = (IDictionary<string, object?>)await connection.QuerySingleAsync("SELECT * FROM t");
        row.Count.ShouldBe(columns.Count);
        row.Values.ShouldAllBe(value => value == null);
    }

    [Fact]
    public async Task Many_batches_arrive_whole_and_in_order()
    {
        Column[] columns = [new("n", ColumnType.BigInt), new("s", ColumnType.Text)];
        await CreateAsync(columns);
        await using var writer = await store.BeginBulkWriteAsync(connection, "t", columns, Cancellation);
        var batch = new RowBatch(columns);
        for (var round = 0; round < 20; round++)
        {
            batch.Clear();
            for (var row = 0; row < batch.Capacity; row++)
            {
                batch[0].Values<long>()[row] = (round * batch.Capacity) + row;
                batch[1].AsText().Set(row, $"row {(round * batch.Capacity) + row}".AsSpan());
            }

            batch.Count = batch.Capacity;
            await writer.WriteAsync(batch, Cancellation);
        }

        (await writer.CompleteAsync(Cancellation)).ShouldBe(40_960);

        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM t WHERE s = 'row ' || n AND n < 40960")).ShouldBe(40_960);
    }

    [Fact]
    public async Task A_write_that_is_not_completed_leaves_the_table_unchanged()
    {
        Column[] columns = [new("n", ColumnType.Integer)];
        await CreateAsync(columns);

        await using (var writer = await store.BeginBulkWriteAsync(connection, "t", columns, Cancellation))
        {
            await writer.WriteAsync(new RowBatch(columns) { Count = 2048 }, Cancellation);
        }

        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM t")).ShouldBe(0);
    }

    [Fact]
    public async Task A_cancelled_write_leaves_the_table_unchanged()
    {
        Column[] columns = [new("n", ColumnType.Integer)];
        await CreateAsync(columns);
        using var cancellation = new CancellationTokenSource();

        await using (var writer = await store.BeginBulkWriteAsync(connection, "t", columns, Cancellation))
        {
            await writer.WriteAsync(new RowBatch(columns) { Count = 2048 }, Cancellation);
            await cancellation.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(async () =>
                await writer.WriteAsync(new RowBatch(columns, 100_000) { Count = 100_000 }, cancellation.Token)
            );
        }

        await using var other = await store.OpenAsync(Cancellation);
        (await other.ExecuteScalarAsync<long>("SELECT count(*) FROM t")).ShouldBe(0);
    }

    [Fact]
    public async Task A_row_that_the_server_refuses_fails_the_write_with_the_servers_words()
    {
        Column[] columns = [new("n", ColumnType.Integer, IsNullable: false)];
        await CreateAsync(columns);
        var batch = new RowBatch(columns) { Count = 2 };
        batch[0].SetNull(1);

        var refused = await Should.ThrowAsync<PostgresException>(() => WriteAsync(columns, batch));

        refused.SqlState.ShouldBe(PostgresErrorCodes.NotNullViolation);
        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM t")).ShouldBe(0);
    }

    [Fact]
    public async Task A_refused_row_does_not_stand_in_the_way_of_giving_up()
    {
        Column[] columns = [new("n", ColumnType.Integer, IsNullable: false)];
        await CreateAsync(columns);

        await using (var writer = await store.BeginBulkWriteAsync(connection, "t", columns, Cancellation))
        {
            var batch = new RowBatch(columns, 100_000) { Count = 100_000 };
            batch[0].SetNull(0);
            await writer.WriteAsync(batch, Cancellation);
        }

        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM t")).ShouldBe(0);
    }

    [Fact]
    public async Task A_NUL_character_is_named_with_its_column_and_row()
    {
        Column[] columns = [new("title", ColumnType.Text)];
        await CreateAsync(columns);
        await using var writer = await store.BeginBulkWriteAsync(connection, "t", columns, Cancellation);
        var batch = new RowBatch(columns) { Count = 3 };
        batch[0].AsText().Set(0, "a".AsSpan());
        batch[0].AsText().Set(1, "b".AsSpan());
        batch[0].AsText().Set(2, "c\0d".AsSpan());
        await writer.WriteAsync(new RowBatch(columns) { Count = 0 }, Cancellation);

        var refused = await Should.ThrowAsync<BulkWriteException>(async () => await writer.WriteAsync(batch, Cancellation));

        refused.Message.ShouldStartWith("Column title, row 3 of this write: the text holds a NUL character");
        await Should.ThrowAsync<InvalidOperationException>(async () => await writer.CompleteAsync(Cancellation));
    }

    private async Task<string?> RoundTripTextAsync(ColumnType type, string value)
    {
        Column[] columns = [new("c", type)];
        await CreateAsync(columns);
        var batch = new RowBatch(columns) { Count = 1 };
        batch[0].AsText().Set(0, value.AsSpan());
        await WriteAsync(columns, batch);
        return await connection.ExecuteScalarAsync<string>("SELECT c FROM t");
    }

    private async Task<TResult?> RoundTripAsync<T, TResult>(Column column, T value)
        where T : unmanaged
    {
        await CreateAsync([column]);
        var batch = new RowBatch([column]) { Count = 1 };
        batch[0].Values<T>()[0] = value;
        await WriteAsync([column], batch);
        return await connection.ExecuteScalarAsync<TResult>("SELECT c FROM t");
    }

    private Task CreateAsync(IReadOnlyList<Column> columns) =>
        connection.ExecuteAsync($"CREATE TABLE t ({new PostgresDialect().ColumnDefinitions(columns)})");

    private async Task WriteAsync(IReadOnlyList<Column> columns, RowBatch batch)
    {
        await using var writer = await store.BeginBulkWriteAsync(connection, "t", columns, Cancellation);
        await writer.WriteAsync(batch, Cancellation);
        (await writer.CompleteAsync(Cancellation)).ShouldBe(batch.Count);
    }
}
