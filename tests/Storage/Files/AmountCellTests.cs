using System.Globalization;
using System.Text;
using Tradepost.Storage.Files;

namespace Tradepost.Storage.Tests.Files;

/// <summary>Amounts as people write them.</summary>
public sealed class AmountCellTests
{
    [Theory]
    [InlineData("1234.5", "point", "1234.5")]
    [InlineData("1,234.50", "point", "1234.50")]
    [InlineData("$1,234.50", "point", "1234.50")]
    [InlineData("1'234.50 CHF", "point", null)]
    [InlineData("1'234.50", "point", "1234.50")]
    [InlineData("1 234 567,5 ₸", "comma", "1234567.5")]
    [InlineData("1\u00A0234,50\u00A0руб.", "comma", "1234.50")]
    [InlineData("1\u202F234,50 €", "comma", "1234.50")]
    [InlineData("1.234.567", "comma", "1234567")]
    [InlineData("12 990 тг", "point", "12990")]
    [InlineData("-5.5", "point", "-5.5")]
    [InlineData("-$5.50", "point", "-5.50")]
    [InlineData("$ -5.50", "point", "-5.50")]
    [InlineData(".5", "point", "0.5")]
    [InlineData("1,23", "point", null)]
    [InlineData("1 23", "point", null)]
    [InlineData("1,234 567", "point", null)]
    [InlineData("12,34,567", "point", null)]
    [InlineData("1234,567", "point", null)]
    [InlineData("04.10.2025", "point", null)]
    [InlineData("5 kg", "point", null)]
    [InlineData("1.5.2", "comma", null)]
    [InlineData("abc", "point", null)]
    [InlineData("", "point", null)]
    [InlineData("-", "point", null)]
    public void An_amount_is_read_by_the_decimal_sign_of_its_file_or_not_at_all(string cell, string sign, string? expected)
    {
        var isAmount = AmountCell.TryParse(Encoding.UTF8.GetBytes(cell), DecimalSign.Find(sign)!, out var amount);

        (isAmount ? amount.ToString() : null).ShouldBe(expected);
    }

    [Theory]
    [InlineData("1 234,5 ₸", NumberShape.Comma)]
    [InlineData("$1,234.50", NumberShape.Point)]
    [InlineData("1.234.567", NumberShape.Comma)]
    [InlineData("1,234", NumberShape.CommaOrThousands)]
    [InlineData("1.234 €", NumberShape.PointOrThousands)]
    [InlineData("0.5", NumberShape.Point)]
    [InlineData("1 234", NumberShape.Whole)]
    [InlineData("a lot", NumberShape.Text)]
    public void The_sign_that_an_amount_speaks_for_is_known(string cell, NumberShape expected) =>
        AmountCell.ShapeOf(Encoding.UTF8.GetBytes(cell)).ShouldBe(expected);

    [Fact]
    public void Amounts_that_were_written_in_any_way_are_read_as_they_were()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var amount = Math.Round((decimal)(random.NextDouble() * Math.Pow(10, random.Next(1, 10))), random.Next(0, 3));
            var (sign, between) =
                random.Next(2) == 0
                    ? (DecimalSign.Point, random.Next(3) == 0 ? "," : " ")
                    : (DecimalSign.Comma, random.Next(3) == 0 ? "." : "\u00A0");
            var format = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();
            (format.NumberDecimalSeparator, format.NumberGroupSeparator) = (((char)sign.Sign).ToString(), between);
            var text = amount.ToString($"N{amount.Scale}", format);
            text = random.Next(3) switch
            {
                0 => text,
                1 => $"{text} ₸",
                _ => $"KZT {text}",
            };

            AmountCell.TryParse(Encoding.UTF8.GetBytes(text), sign, out var read).ShouldBeTrue(text);
            read.ShouldBe(amount, text);
        }
    }
}
