using System.Text;
using DuckDB.NET.Native;
using Tradepost.Storage.Embedded;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Embedded;

public sealed class ChunkAppenderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Appended_rows_are_in_the_table_once_complete()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (id BIGINT, name VARCHAR, price DECIMAL(18,8))");

        using (var appender = connection.Appender("t"))
        {
            for (var row = 0; row < 5; row++)
            {
                appender.Column<long>(0)[row] = row;
                appender.SetText(1, row, Encoding.UTF8.GetBytes($"the näme of row number {row}"));
                appender.Column<long>(2)[row] = 1_50000000L * row;
            }
            appender.SetNull(1, 4);
            appender.Append(5);
            appender.Complete();
        }

        connection
            .Get<string>("SELECT string_agg(t, ';' ORDER BY id) FROM (SELECT id, concat_ws(',', id, name, price) t FROM t)")
            .ShouldBe(
                "0,the näme of row number 0,0.00000000;1,the näme of row number 1,1.50000000;2,the näme of row number 2,3.00000000;3,the näme of row number 3,4.50000000;4,6.00000000"
            );
    }

    [Fact]
    public void Every_physical_type_is_written_as_DuckDB_stores_it()
    {
        using var connection = Db.Open(folder);
        connection.Run(
            "CREATE TABLE t (a BOOLEAN, b TINYINT, c USMALLINT, d INTEGER, e UBIGINT, f HUGEINT, g FLOAT, h DOUBLE, i DECIMAL(4,1), j DECIMAL(9,2), k DECIMAL(18,8), l DECIMAL(38,8), m DATE, n TIME, o TIMESTAMP, p TIMESTAMPTZ, q BLOB, r JSON, s INTERVAL, u ENUM('x', 'ü'))"
        );

        using (var appender = connection.Appender("t"))
        {
            appender.Column<bool>(0)[0] = true;
            appender.Column<sbyte>(1)[0] = sbyte.MinValue;
            appender.Column<ushort>(2)[0] = ushort.MaxValue;
            appender.Column<int>(3)[0] = int.MinValue;
            appender.Column<ulong>(4)[0] = ulong.MaxValue;
            appender.Column<Int128>(5)[0] = Int128.MinValue;
            appender.Column<float>(6)[0] = 1.5f;
            appender.Column<double>(7)[0] = double.NegativeInfinity;
            appender.Column<short>(8)[0] = -9999;
            appender.Column<int>(9)[0] = 999_999_999;
            appender.Column<long>(10)[0] = -1;
            appender.Column<Int128>(11)[0] = (Int128)10_000_000_000_000_000_000 * 10;
            appender.Column<int>(12)[0] = -1;
            appender.Column<long>(13)[0] = 1;
            appender.Column<long>(14)[0] = 1_000_000;
            appender.Column<long>(15)[0] = -1_000_000;
            appender.SetText(16, 0, [0xFF, 0x00, 0xFE]);
            appender.SetText(17, 0, """{"key":"a value that is long enough"}"""u8);
            appender.Column<DuckDBInterval>(18)[0] = new DuckDBInterval(1, 2, 3_000_000);
            appender.Column<byte>(19)[0] = 1;
            appender.Append(1);
            appender.Complete();
        }

        connection
            .Get<string>("SELECT concat_ws('|', a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, hex(q), r->>'key', s, u) FROM t")
            .ShouldBe(
                "true|-128|65535|-2147483648|18446744073709551615|-170141183460469231731687303715884105728|1.5|-inf|-999.9|9999999.99|-0.00000001|1000000000000.00000000|1969-12-31|00:00:00.000001|1970-01-01 00:00:01|1969-12-31 23:59:59+00|FF00FE|a value that is long enough|1 month 2 days 00:00:03|ü"
            );
    }

    [Fact]
    public void Many_chunks_with_nulls_and_texts_of_every_length_arrive_complete()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (id BIGINT, name VARCHAR)");
        const int Rows = 300_000;

        using (var appender = connection.Appender("t"))
        {
            for (var from = 0; from < Rows; from += appender.Capacity)
            {
                var count = Math.Min(appender.Capacity, Rows - from);
                var ids = appender.Column<long>(0);
                for (var row = 0; row < count; row++)
                {
                    ids[row] = from + row;
                    if ((from + row) % 7 == 0)
                    {
                        appender.SetNull(1, row);
                    }
                    else
                        appender.SetText(1, row, Encoding.UTF8.GetBytes(new string('x', (from + row) % 30)));
                }
                appender.Append(count);
            }
            appender.Complete();
        }

        connection
            .Get<long>("SELECT count(*) FROM t WHERE (id % 7 = 0) = (name IS NULL) AND coalesce(len(name), id % 30) = id % 30")
            .ShouldBe(Rows);
        connection.Get<long>("SELECT count(DISTINCT id) FROM t").ShouldBe(Rows);
    }

    [Fact]
    public void Named_columns_are_written_and_the_others_take_their_defaults()
    {
        using var connection = Db.Open(folder);
        connection.Run(
            "CREATE SEQUENCE q; CREATE TABLE \"a table\" (id BIGINT DEFAULT nextval('q'), a INTEGER, b VARCHAR DEFAULT 'none', list INTEGER[])"
        );

        using (var appender = connection.Appender("a table", "a"))
        {
            appender.Column<int>(0)[0] = 7;
            appender.Append(1);
            appender.Complete();
        }

        connection.Get<string>("SELECT concat_ws(',', id, a, b) FROM \"a table\"").ShouldBe("1,7,none");
    }

    [Fact]
    public void What_was_not_completed_is_discarded()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (id BIGINT)");

        using (var appender = connection.Appender("t"))
        {
            appender.Column<long>(0)[0] = 1;
            appender.Append(1);
        }

        connection.Get<long>("SELECT count(*) FROM t").ShouldBe(0);
    }

    [Fact]
    public void A_rolled_back_transaction_takes_the_appended_rows_along()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (id BIGINT)");

        using (connection.BeginTransaction())
        {
            using var appender = connection.Appender("t");
            appender.Append(appender.Capacity);
            appender.Complete();
            connection.Get<long>("SELECT count(*) FROM t").ShouldBe(2048);
        }

        connection.Get<long>("SELECT count(*) FROM t").ShouldBe(0);
    }

    [Fact]
    public void A_broken_constraint_is_reported_with_DuckDBs_message()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (id BIGINT PRIMARY KEY)");
        using var appender = connection.Appender("t");
        appender.Column<long>(0)[..2].Fill(7);
        appender.Append(2);

        var error = Should.Throw<EmbeddedException>(appender.Complete);

        error.ErrorType.ShouldBe(DuckDBErrorType.Constraint);
        error.Message.ShouldContain("duplicate key \"7\"");
    }

    [Fact]
    public void A_null_where_none_is_allowed_is_reported()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (id BIGINT NOT NULL)");
        using var appender = connection.Appender("t");
        appender.SetNull(0, 0);

        Should
            .Throw<EmbeddedException>(() =>
            {
                appender.Append(1);
                appender.Complete();
            })
            .Message.ShouldContain("NOT NULL constraint failed: t.id");
    }

    [Fact]
    public void A_table_or_column_that_is_not_there_is_named()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (id BIGINT)");

        Should.Throw<EmbeddedException>(() => connection.Appender("nowhere", "id")).Message.ShouldContain("nowhere");
        Should.Throw<EmbeddedException>(() => connection.Appender("t", "other")).Message.ShouldContain("other");
    }

    [Fact]
    public void A_column_refuses_a_type_of_another_size()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (price DECIMAL(18,8), name VARCHAR)");
        using var appender = connection.Appender("t");

        Should.Throw<InvalidOperationException>(() => appender.Column<decimal>(0).Length).Message.ShouldContain("8 bytes");
        Should.Throw<InvalidOperationException>(() => appender.Column<Int128>(1).Length).Message.ShouldContain("one by one");
        Should.Throw<InvalidOperationException>(() => appender.SetText(0, 0, "x"u8)).Message.ShouldContain("not VARCHAR");
    }

    [Fact]
    public void Rows_outside_of_the_chunk_are_refused()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (name VARCHAR)");
        using var appender = connection.Appender("t");

        Should.Throw<ArgumentOutOfRangeException>(() => appender.SetText(0, 2048, "x"u8));
        Should.Throw<ArgumentOutOfRangeException>(() => appender.SetNull(0, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => appender.Append(2049));
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (name VARCHAR)");
        using var appender = connection.Appender("t");

        Should
            .Throw<ArgumentException>(() => appender.SetText(0, 3, Encoding.Latin1.GetBytes("Größe")))
            .Message.ShouldContain("column name, row 3");
    }

    [Fact]
    public void A_text_that_is_not_set_is_empty_and_never_one_of_the_chunk_before()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (name VARCHAR)");
        using (var appender = connection.Appender("t"))
        {
            appender.SetText(0, 0, "a text that is longer than the inline part"u8);
            appender.Append(1);
            appender.Append(1);
            appender.Complete();
        }

        connection.Get<string>("SELECT string_agg(len(name), ',' ORDER BY len(name)) FROM t").ShouldBe("0,42");
    }

    [Fact]
    public void Appenders_on_two_connections_work_in_parallel()
    {
        using var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (id BIGINT)");

        Parallel.For(0, 2, _ =>
        {
            using var own = Db.Open(folder);
            using var appender = own.Appender("t");
            for (var chunk = 0; chunk < 100; chunk++)
            {
                appender.Append(appender.Capacity);
            }

            appender.Complete();
        });

        connection.Get<long>("SELECT count(*) FROM t").ShouldBe(2 * 100 * 2048);
    }

    [Fact]
    public void A_closed_connection_ends_its_appenders()
    {
        var connection = Db.Open(folder);
        connection.Run("CREATE TABLE t (id BIGINT)");
        using var appender = connection.Appender("t");

        connection.Close();

        Should.Throw<ObjectDisposedException>(() => appender.Column<long>(0).Length);
        Should.Throw<ObjectDisposedException>(() => appender.Append(1));
        Should.Throw<ObjectDisposedException>(appender.Complete);
    }
}
