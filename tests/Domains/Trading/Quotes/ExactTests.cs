using System.Text;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Tests.Quotes;

public sealed class ExactTests
{
    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("61800.20", 6_180_020_000_000, "61800.2")]
    [InlineData("0.00000001", 1, "0.00000001")]
    [InlineData("-2.5", -250_000_000, "-2.5")]
    [InlineData("9999999999.99999999", 999_999_999_999_999_999, "9999999999.99999999")]
    [InlineData("007.10", 710_000_000, "7.1")]
    [InlineData(".5", 50_000_000, "0.5")]
    [InlineData("86", 8_600_000_000, "86")]
    [InlineData("1.1234567800", 112_345_678, "1.12345678")]
    public void A_decimal_is_read_and_written_exactly(string text, long units, string written)
    {
        Exact.TryParse(Encoding.UTF8.GetBytes(text), out var value).ShouldBeTrue();

        value.ShouldBe(units);
        Exact.Format(value).ShouldBe(written);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1e5")]
    [InlineData("NaN")]
    [InlineData("1.123456789")]
    [InlineData("10000000000")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("1.2.3")]
    public void What_is_no_decimal_of_eight_places_is_refused(string text) =>
        Exact.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();
}
