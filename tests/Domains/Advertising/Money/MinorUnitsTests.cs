using Tradepost.Advertising.Money;

namespace Tradepost.Advertising.Tests.Money;

public sealed class MinorUnitsTests
{
    [Theory]
    [InlineData("USD", 12345, "123.45")]
    [InlineData("jpy", 12345, "12345")]
    [InlineData("KWD", -12345, "-12.345")]
    [InlineData("EUR", 5, "0.05")]
    public void Minor_units_are_major_ones_with_the_digits_of_their_currency(string code, long units, string major)
    {
        var currency = Currency.Find(code)!.Value; // a code

        new MinorUnits(units, currency).Major.ToString().ShouldBe(major);
        MinorUnits.OfMajor(decimal.Parse(major), currency).ShouldBe(new MinorUnits(units, currency));
    }

    [Fact]
    public void An_amount_with_more_digits_than_the_currency_is_none_of_it()
    {
        MinorUnits.OfMajor(1.234m, Currency.Find("USD")!.Value).ShouldBeNull();
        MinorUnits.OfMajor(1.5m, Currency.Find("JPY")!.Value).ShouldBeNull();
        MinorUnits.OfMajor(decimal.MaxValue, Currency.Find("USD")!.Value).ShouldBeNull();
        Currency.Find("US").ShouldBeNull();
    }
}
