using System.Numerics;

namespace Tradepost.DuckDb.Tests.Types;

public sealed class ConversionTests
{
    private enum Size
    {
        Small = 1,
        Large = 2,
    }

    [Fact]
    public void Whole_numbers_convert_into_each_other_when_they_fit()
    {
        using var connection = Db.Open();

        connection.Get<long>("SELECT 7::TINYINT").ShouldBe(7);
        connection.Get<byte>("SELECT 255::HUGEINT").ShouldBe((byte)255);
        connection.Get<Int128>("SELECT 170141183460469231731687303715884105727::HUGEINT").ShouldBe(Int128.MaxValue);
        connection.Get<UInt128>("SELECT 340282366920938463463374607431768211455::UHUGEINT").ShouldBe(UInt128.MaxValue);
        connection.Get<decimal>("SELECT sum(x) FROM range(5) r(x)").ShouldBe(10m);
        connection.Get<long>("SELECT 12.00::DECIMAL(10,2)").ShouldBe(12);
    }

    [Fact]
    public void A_number_that_does_not_fit_says_which_and_where()
    {
        using var connection = Db.Open();

        Should.Throw<OverflowException>(() => connection.Get<int>("SELECT 3000000000")).Message.ShouldBe("3000000000 of type BIGINT does not fit Int32.");
    }

    [Fact]
    public void A_decimal_beyond_dotnet_says_how_to_read_it()
    {
        using var connection = Db.Open();
        const string Wide = "SELECT 99999999999999999999999999999999999999::DECIMAL(38,0)";

        Should.Throw<OverflowException>(() => connection.Get<decimal>(Wide)).Message.ShouldContain("BigInteger");
        connection.Get<BigInteger>(Wide).ShouldBe(BigInteger.Parse("99999999999999999999999999999999999999"));
        connection.Get<string>("SELECT -0.00000000000000000000000000000000000001::DECIMAL(38,38)").ShouldBe("-0.00000000000000000000000000000000000001");
    }

    [Fact]
    public void A_fraction_is_never_cut_off()
    {
        using var connection = Db.Open();

        Should.Throw<InvalidCastException>(() => connection.Get<long>("SELECT 1.5::DECIMAL(10,2)"));
    }

    [Fact]
    public void A_date_is_read_as_DateTime_too()
    {
        using var connection = Db.Open();

        connection.Get<DateTime>("SELECT DATE '2026-02-03'").ShouldBe(new DateTime(2026, 2, 3));
    }

    [Fact]
    public void A_timestamp_with_time_zone_is_an_instant()
    {
        using var connection = Db.Open();
        var sent = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(5));

        connection.Get<DateTimeOffset>("SELECT $1", sent).ShouldBe(sent);
        connection.Get<string>("SELECT $1::VARCHAR", sent).ShouldBe("2026-01-01 22:04:05+00");
    }

    [Fact]
    public void An_interval_without_months_is_a_TimeSpan()
    {
        using var connection = Db.Open();

        connection.Get<TimeSpan>("SELECT INTERVAL '2 days 3 hours'").ShouldBe(new TimeSpan(2, 3, 0, 0));
        connection.Get<TimeSpan>("SELECT $1", TimeSpan.FromDays(-1.5)).ShouldBe(TimeSpan.FromDays(-1.5));
        Should.Throw<InvalidCastException>(() => connection.Get<TimeSpan>("SELECT INTERVAL '1 month'"));
    }

    [Fact]
    public void The_end_of_the_day_is_a_TimeSpan_only()
    {
        using var connection = Db.Open();

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
        using var connection = Db.Open();

        Should.Throw<OverflowException>(() => connection.Get<DateTime>($"SELECT {literal}")).Message.ShouldContain("VARCHAR");
    }

    [Fact]
    public void Lists_are_read_as_arrays_and_lists_of_what_is_asked_for()
    {
        using var connection = Db.Open();

        connection.Get<List<long>>("SELECT [1, 2]").ShouldBe([1, 2]);
        connection.Get<long?[]>("SELECT [1, NULL]").ShouldBe([1, null]);
        Should.Throw<InvalidCastException>(() => connection.Get<int[]>("SELECT [1, NULL]"));
    }

    [Fact]
    public void Enums_are_read_from_their_name_or_number()
    {
        using var connection = Db.Open();

        connection.Get<Size>("SELECT 'large'::ENUM('small', 'large')").ShouldBe(Size.Large);
        connection.Get<Size>("SELECT $1", Size.Small).ShouldBe(Size.Small);
    }

    [Fact]
    public void Bits_and_unions_are_read()
    {
        using var connection = Db.Open();

        connection.Get<string>("SELECT '1011001110'::BIT").ShouldBe("1011001110");
        connection.Get<object>("SELECT union_value(text := 'x')::UNION(number INTEGER, text VARCHAR)").ShouldBe("x");
    }

    [Fact]
    public void Null_is_a_null_of_nullable_types_and_an_error_of_others()
    {
        using var connection = Db.Open();

        connection.Get<int?>("SELECT NULL::INTEGER").ShouldBeNull();
        Should.Throw<InvalidCastException>(() => connection.Get<int>("SELECT NULL::INTEGER AS amount")).Message.ShouldContain("amount");
    }

    [Fact]
    public void A_type_without_a_reader_says_to_cast_it()
    {
        using var connection = Db.Open();

        Should.Throw<NotSupportedException>(() => connection.Get<object>("SELECT '12:00:00+01'::TIMETZ")).Message.ShouldContain("VARCHAR");
    }

    [Fact]
    public void A_local_time_is_sent_as_its_instant_in_UTC()
    {
        using var connection = Db.Open();
        var local = new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Local);

        connection.Get<DateTime>("SELECT $1", local).ShouldBe(DateTime.SpecifyKind(local.ToUniversalTime(), DateTimeKind.Unspecified));
    }
}
