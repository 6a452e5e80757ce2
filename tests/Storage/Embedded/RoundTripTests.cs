using System.Numerics;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Embedded;

/// <summary>Every type as a literal read back, and as a parameter written and read back.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static readonly BigInteger hugeMaximum = (BigInteger)Int128.MaxValue;

    public static TheoryData<string, string, object> Cases =>
        new()
        {
            { "BOOLEAN", "true", true },
            { "TINYINT", "-128", sbyte.MinValue },
            { "TINYINT", "127", sbyte.MaxValue },
            { "UTINYINT", "255", byte.MaxValue },
            { "SMALLINT", "-32768", short.MinValue },
            { "USMALLINT", "65535", ushort.MaxValue },
            { "INTEGER", "-2147483648", int.MinValue },
            { "INTEGER", "2147483647", int.MaxValue },
            { "UINTEGER", "4294967295", uint.MaxValue },
            { "BIGINT", "-9223372036854775808", long.MinValue },
            { "BIGINT", "9223372036854775807", long.MaxValue },
            { "UBIGINT", "18446744073709551615", ulong.MaxValue },
            { "HUGEINT", "170141183460469231731687303715884105727", hugeMaximum },
            { "HUGEINT", "-170141183460469231731687303715884105728", (BigInteger)Int128.MinValue },
            { "UHUGEINT", "340282366920938463463374607431768211455", (BigInteger)UInt128.MaxValue },
            { "BIGNUM", "'170141183460469231731687303715884105728'", hugeMaximum + 1 },
            { "BIGNUM", "'-999999999999999999999999999999999999999999'", BigInteger.Parse("-999999999999999999999999999999999999999999") },
            { "FLOAT", "1.5", 1.5f },
            { "FLOAT", "'-inf'", float.NegativeInfinity },
            { "DOUBLE", "1e308", 1e308 },
            { "DOUBLE", "'nan'", double.NaN },
            { "DECIMAL(4,1)", "-999.9", -999.9m },
            { "DECIMAL(9,3)", "999999.999", 999999.999m },
            { "DECIMAL(18,8)", "-9999999999.99999999", -9999999999.99999999m },
            { "DECIMAL(38,10)", "-999999999999999999.9999999999", -999999999999999999.9999999999m },
            { "DECIMAL(38,0)", "79228162514264337593543950335", decimal.MaxValue },
            { "DECIMAL(38,30)", "1.5", 1.5m },
            { "VARCHAR", "''", "" },
            { "VARCHAR", "'twelve bytes'", "twelve bytes" },
            { "VARCHAR", "'日本語 ünïcödé 🦆 longer than inline'", "日本語 ünïcödé 🦆 longer than inline" },
            { "JSON", """'{"a":[1,2,"ü"]}'""", """{"a":[1,2,"ü"]}""" },
            { "BLOB", @"'\x00\xFF\x80abc'", new byte[] { 0, 0xFF, 0x80, (byte)'a', (byte)'b', (byte)'c' } },
            { "BLOB", "''", Array.Empty<byte>() },
            { "DATE", "'0001-01-01'", DateOnly.MinValue },
            { "DATE", "'1969-12-31'", new DateOnly(1969, 12, 31) },
            { "DATE", "'9999-12-31'", DateOnly.MaxValue },
            { "TIME", "'23:59:59.999999'", new TimeOnly(23, 59, 59, 999, 999) },
            { "TIMESTAMP", "'0001-01-01 00:00:00'", DateTime.MinValue },
            { "TIMESTAMP", "'1969-12-31 23:59:59.999999'", new DateTime(1969, 12, 31, 23, 59, 59, 999, 999) },
            { "TIMESTAMP", "'9999-12-31 23:59:59.999999'", new DateTime(9999, 12, 31, 23, 59, 59, 999, 999) },
            { "TIMESTAMP_S", "'2026-01-02 03:04:05'", new DateTime(2026, 1, 2, 3, 4, 5) },
            { "TIMESTAMP_MS", "'2026-01-02 03:04:05.678'", new DateTime(2026, 1, 2, 3, 4, 5, 678) },
            { "TIMESTAMP_NS", "'2026-01-02 03:04:05.123456'", new DateTime(2026, 1, 2, 3, 4, 5, 123, 456) },
            { "TIMESTAMPTZ", "'2026-01-02 03:04:05+00'", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc) },
            { "UUID", "'00000000-0000-0000-0000-000000000001'", new Guid("00000000-0000-0000-0000-000000000001") },
            { "UUID", "'ffeeddcc-bbaa-9988-7766-554433221100'", new Guid("ffeeddcc-bbaa-9988-7766-554433221100") },
            { "ENUM('small', 'größer')", "'größer'", "größer" },
        };

    public static TheoryData<string, string, object> ReadOnlyCases =>
        new()
        {
            { "INTERVAL", "'14 months 3 days 1.5 seconds'", "1 year 2 months 3 days 00:00:01.5" },
            { "INTERVAL", "'1 day'", "1 day" },
            { "INTERVAL", "'-25 hours'", "-25:00:00" },
            {
                "INTEGER[]",
                "[1, 2, 3]",
                new List<int?> { 1, 2, 3 }
            },
            {
                "INTEGER[]",
                "[1, NULL, 3]",
                new List<int?> { 1, null, 3 }
            },
            {
                "INTEGER[3]",
                "[1, 2, 3]",
                new List<int?> { 1, 2, 3 }
            },
            {
                "VARCHAR[]",
                "['a', NULL, 'a long text that is not inline']",
                new List<string?> { "a", null, "a long text that is not inline" }
            },
            {
                "DECIMAL(10,2)[]",
                "[1.5, 2.25]",
                new List<decimal?> { 1.5m, 2.25m }
            },
            {
                "INTEGER[][]",
                "[[1], [], [NULL, 3]]",
                new List<List<int?>>
                {
                    new() { 1 },
                    new(),
                    new() { null, 3 },
                }
            },
            {
                "STRUCT(a INTEGER, b VARCHAR)",
                "{'a': 1, 'b': 'x'}",
                new Dictionary<string, object?> { ["a"] = 1, ["b"] = "x" }
            },
            {
                "MAP(VARCHAR, VARCHAR)",
                "MAP {'k': 'x', 'l': NULL}",
                new Dictionary<string, string?> { ["k"] = "x", ["l"] = null }
            },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    [MemberData(nameof(ReadOnlyCases))]
    public void A_literal_is_read_as_it_was_written(string type, string literal, object expected)
    {
        using var connection = Db.Open(folder);

        ShouldEqual(connection.Get<object>($"SELECT CAST({literal} AS {type})"), expected);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_parameter_comes_back_from_a_table_as_it_was_sent(string type, string literal, object expected)
    {
        using var connection = Db.Open(folder);
        connection.Run($"CREATE TABLE t (v {type})");

        connection.Run("INSERT INTO t VALUES ($1)", expected);

        ShouldEqual(connection.Get<object>("SELECT v FROM t"), expected);
        connection.Get<bool>($"SELECT v IS NOT DISTINCT FROM CAST({literal} AS {type}) FROM t").ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_null_survives_the_round_trip(string type, string literal, object expected)
    {
        _ = (literal, expected);
        using var connection = Db.Open(folder);
        connection.Run($"CREATE TABLE t (v {type})");

        connection.Run("INSERT INTO t VALUES ($1)", [null]);

        connection.Get<object>("SELECT v FROM t").ShouldBe(DBNull.Value);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_field_type_is_the_type_of_the_value(string type, string literal, object expected)
    {
        _ = expected;
        using var connection = Db.Open(folder);
        using var reader = connection.Command($"SELECT CAST({literal} AS {type})").ExecuteReader();
        reader.Read().ShouldBeTrue();

        var value = reader.GetValue(0);

        value.GetType().ShouldBe(reader.GetFieldType(0));
    }

    private static void ShouldEqual(object actual, object expected)
    {
        actual.GetType().ShouldBe(expected.GetType());
        if (expected is System.Collections.IDictionary entries)
        {
            var read = (System.Collections.IDictionary)actual;
            read.Keys.Cast<object>().ShouldBe(entries.Keys.Cast<object>());
            read.Values.Cast<object?>().ShouldBe(entries.Values.Cast<object?>());
        }
        else
        {
            actual.ShouldBeEquivalentTo(expected);
        }
        if (expected is DateTime time)
        {
            ((DateTime)actual).Kind.ShouldBe(time.Kind);
        }
    }
}
