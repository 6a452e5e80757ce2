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
    [InlineData("10000000000", 1_000_000_000_000_000_000, "10000000000")]
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
    [InlineData("1000000000000")]
    [InlineData("+1")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("1.2.3")]
    public void What_is_no_decimal_of_eight_places_is_refused(string text) =>
        Exact.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    [Theory]
    [InlineData("999999999999.99999999")]
    [InlineData("-999999999999.99999999")]
    [InlineData("123456789012.12345678")]
    [InlineData("92233720368.54775808")]
    public void A_decimal_of_twenty_digits_is_read_and_written_exactly(string text)
    {
        Exact.TryParse(Encoding.UTF8.GetBytes(text), out var value).ShouldBeTrue();

        Exact.Format(value).ShouldBe(text);
        Exact.FromDecimal(Exact.ToDecimal(value)).ShouldBe(value);
        Int128.Abs(value).ShouldBeLessThanOrEqualTo(Exact.Largest);
    }

    [Theory]
    [InlineData("1.2e-3", "0.0012")]
    [InlineData("1E5", "100000")]
    [InlineData("+1.5", "1.5")]
    [InlineData("-2.50e+1", "-25")]
    [InlineData("0.00000123e3", "0.00123")]
    [InlineData("00012.3400e0", "12.34")]
    [InlineData("9.9999999999999999999e11", "999999999999.99999999")]
    [InlineData("1e-8", "0.00000001")]
    [InlineData("0e99999", "0")]
    public void A_number_of_a_file_may_have_a_power_of_ten(string text, string written)
    {
        Exact
            .Read(Encoding.UTF8.GetBytes(text), out var value)
            .ShouldBe(text.Contains('e', StringComparison.OrdinalIgnoreCase) ? ExactReading.Scientific : ExactReading.Read);

        Exact.Format(value).ShouldBe(written);
    }

    [Theory]
    [InlineData("1e-9", true)]
    [InlineData("1e-30", true)]
    [InlineData("1e12", true)]
    [InlineData("1e999999999999", true)]
    [InlineData("100.123456780000000000000000000001", true)]
    [InlineData("e5", false)]
    [InlineData("1e", false)]
    [InlineData("1e1.5", false)]
    [InlineData("--1", false)]
    [InlineData("inf", false)]
    public void No_digit_of_a_number_is_lost_without_a_word(string text, bool isNumber) =>
        Exact.Read(Encoding.UTF8.GetBytes(text), out _).ShouldBe(isNumber ? ExactReading.DoesNotFit : ExactReading.NotANumber);
}
