using Tradepost.App.Learning;

namespace Tradepost.App.Tests.Learning;

public sealed class FrequencyTests
{
    [Theory]
    [InlineData("QS", "2024-02-15", "2024-04-01", "2024-07-01")]
    [InlineData("QS", "2024-01-01", "2024-04-01", "2024-07-01")]
    [InlineData("2QS", "2024-02-15", "2024-04-01", "2024-10-01")]
    [InlineData("MS", "2024-01-31", "2024-02-01", "2024-03-01")]
    [InlineData("YS", "2024-06-30", "2025-01-01", "2026-01-01")]
    [InlineData("Q", "2024-02-15", "2024-05-15", "2024-08-15")]
    [InlineData("M", "2024-01-31", "2024-02-29", "2024-03-31")]
    public void First_days_are_those_of_the_calendar_and_others_count_from_the_last_row(
        string text,
        string last,
        string first,
        string second
    )
    {
        Frequency.Parse(text, "--frequency").After(Day(last), 2).ShouldBe([Day(first), Day(second)]);
    }

    [Fact]
    public void Steps_back_go_to_first_days_as_well()
    {
        Frequency.Parse("QS", "--frequency").Move(Day("2024-02-15"), -1).ShouldBe(Day("2024-01-01"));
        Frequency.Parse("QS", "--frequency").Move(Day("2024-02-15"), -2).ShouldBe(Day("2023-10-01"));
        Frequency.Parse("QS", "--frequency").Move(Day("2024-04-01"), -1).ShouldBe(Day("2024-01-01"));
    }

    private static DateTime Day(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
