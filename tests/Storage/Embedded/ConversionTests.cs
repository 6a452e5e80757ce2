using System.Numerics;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Embedded;

public sealed class ConversionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Whole_numbers_convert_into_each_other_when_they_fit()
    {
        using var connection = Db.Open(folder);

        connection.Get<long>("SELECT 7::TINYINT").ShouldBe(7);
        connection.Get<byte>("SELECT 255::HUGEINT").ShouldBe((byte)255);
        connection.Get<decimal>("SELECT sum(x) FROM range(5) r(x)").ShouldBe(10m);
        connection.Get<double>("SELECT sum(x) FROM range(5) r(x)").ShouldBe(10);
        Read("SELECT 12.00::DECIMAL(10,2)", reader => reader.GetInt64(0)).ShouldBe(12);
    }

    [Fact]
    public void A_number_that_does_not_fit_is_refused()
    {
        using var connection = Db.Open(folder);

        Should.Throw<InvalidCastException>(() => connection.Get<int>("SELECT 3000000000"));
    }

    [Fact]
    public void A_decimal_beyond_dotnet_says_how_to_read_it()
    {
        using var connection = Db.Open(folder);
        const string Wide = "SELECT 99999999999999999999999999999999999999::DECIMAL(38,0)";

        Should.Throw<OverflowException>(() => connection.Get<decimal>(Wide)).Message.ShouldContain("BigInteger");
        connection.Get<BigInteger>(Wide).ShouldBe(BigInteger.Parse("99999999999999999999999999999999999999"));
        connection
            .Get<string>("SELECT -0.00000000000000000000000000000000000001::DECIMAL(38,38)")
            .ShouldBe("-0.00000000000000000000000000000000000001");
    }

    [Fact]
    public void A_fraction_is_never_cut_off()
    {
        using var connection = Db.Open(folder);

        Should.Throw<InvalidCastException>(() => Read("SELECT 1.5::DECIMAL(10,2)", reader => reader.GetInt64(0)));
    }

    [Fact]
    public void A_date_is_read_as_DateTime_too()
    {
        using var connection = Db.Open(folder);

        connection.Get<DateTime>("SELECT DATE '2026-02-03'").ShouldBe(new DateTime(2026, 2, 3));
    }

    [Fact]
    public void A_timestamp_with_time_zone_is_an_instant()
    {
        using var connection = Db.Open(folder);
        var sent = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(5));

        connection.Get<DateTimeOffset>("SELECT $1", sent).ShouldBe(sent);
        connection.Get<string>("SELECT $1::VARCHAR", sent).ShouldBe("2026-01-01 22:04:05+00");
    }

    [Fact]
    public void An_interval_without_months_is_a_TimeSpan()
    {
        using var connection = Db.Open(folder);

        connection.Get<TimeSpan>("SELECT INTERVAL '2 days 3 hours'").ShouldBe(new TimeSpan(2, 3, 0, 0));
        Should.Throw<OverflowException>(() => connection.Get<TimeSpan>("SELECT INTERVAL '1 month'"));
        connection.Get<string>("SELECT INTERVAL '1 month'").ShouldBe("1 month");
    }

    [Fact]
    public void The_end_of_the_day_is_a_TimeSpan_only()
    {
        using var connection = Db.Open(folder);

        connection.Get<TimeSpan>("SELECT TIME '24:00:00'").ShouldBe(TimeSpan.FromDays(1));
        Should.Throw<OverflowException>(() => connection.Get<TimeOnly>("SELECT TIME '24:00:00'"));
    }

    [Theory]
    [InlineData("DATE 'infinity'")]
    [InlineData("TIMESTAMP '-infinity'")]
    [InlineData("DATE '10000-01-01'")]
    [InlineData("TIMESTAMP '0044-03-15 (BC) 00:00:00'")]
    public void A_time_that_dotnet_does_not_have_throws(string literal)
    {
        using var connection = Db.Open(folder);

        Should.Throw<OverflowException>(() => connection.Get<DateTime>($"SELECT {literal}")).Message.ShouldContain("VARCHAR");
    }

    [Fact]
    public void Bits_are_read_as_texts()
    {
        using var connection = Db.Open(folder);

        connection.Get<string>("SELECT '1011001110'::BIT").ShouldBe("1011001110");
    }

    [Fact]
    public void Null_is_a_null_of_nullable_types_and_an_error_of_others()
    {
        using var connection = Db.Open(folder);

        connection.Get<int?>("SELECT NULL::INTEGER").ShouldBeNull();
        Should.Throw<InvalidCastException>(() => connection.Get<int>("SELECT NULL::INTEGER AS amount")).Message.ShouldContain("amount");
    }

    [Fact]
    public void A_local_time_is_sent_as_its_instant_in_UTC()
    {
        using var connection = Db.Open(folder);
        var local = new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Local);

        connection.Get<DateTime>("SELECT $1", local).ShouldBe(DateTime.SpecifyKind(local.ToUniversalTime(), DateTimeKind.Unspecified));
    }

    [Theory]
    [InlineData("union_value(text := 'x')::UNION(number INTEGER, text VARCHAR)")]
    [InlineData("{'a': union_value(text := 'x')}")]
    [InlineData("[union_value(text := 'x')]")]
    public void A_type_without_a_reader_says_to_cast_it(string literal)
    {
        using var connection = Db.Open(folder);

        Should.Throw<NotSupportedException>(() => connection.Get<object>($"SELECT {literal}")).Message.ShouldContain("VARCHAR");
    }

    [Fact]
    public void An_enum_is_sent_as_its_number()
    {
        using var connection = Db.Open(folder);

        connection.Get<int>("SELECT $1 + 1", DayOfWeek.Tuesday).ShouldBe(3);
    }

    [Theory]
    [InlineData("1::UBIGINT", "UBIGINT")]
    [InlineData("1.5::DECIMAL(38,2)", "DECIMAL(38,2)")]
    [InlineData("now()", "TIMESTAMP WITH TIME ZONE")]
    [InlineData("[[1]]", "INTEGER[][]")]
    [InlineData("[{'a': 1}]", "STRUCT[]")]
    [InlineData("MAP {'a': 1}", "MAP")]
    [InlineData("[union_value(text := 'x')]", "ANY")]
    [InlineData("'x'", "VARCHAR")]
    public void Types_are_named_as_SQL_writes_them(string literal, string expected) =>
        Read($"SELECT {literal}", reader => reader.GetDataTypeName(0)).ShouldBe(expected);

    private T Read<T>(string sql, Func<System.Data.Common.DbDataReader, T> read)
    {
        using var connection = Db.Open(folder);
        using var command = connection.Command(sql);
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();
        return read(reader);
    }
}
