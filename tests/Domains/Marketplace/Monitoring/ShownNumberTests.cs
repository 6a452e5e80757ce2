using Tradepost.Marketplace.Monitoring;

namespace Tradepost.Marketplace.Tests.Monitoring;

public sealed class ShownNumberTests
{
    [Theory]
    [InlineData("12 990 ₸", "12990")]
    [InlineData("12\u00a0990,50\u00a0₸/шт", "12990.50")]
    [InlineData("$1,234.50", "1234.50")]
    [InlineData("1.234,50 €", "1234.50")]
    [InlineData("1,234", "1234")]
    [InlineData("1.5", "1.5")]
    [InlineData("0,99", "0.99")]
    [InlineData("4.8 из 5", "4.8")]
    [InlineData("(1 024 отзыва)", "1024")]
    [InlineData("1'234'567 CHF", "1234567")]
    [InlineData("-15 %", "-15")]
    [InlineData("2 10", "2")]
    public void The_first_number_is_read_as_a_person_reads_it(string text, string expected)
    {
        ShownNumber.TryRead(text, out var number).ShouldBeTrue();
        number.ToString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("нет в наличии")]
    public void A_text_without_digits_is_no_number(string text) => ShownNumber.TryRead(text, out _).ShouldBeFalse();
}
