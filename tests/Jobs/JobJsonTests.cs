using System.Text.Json;

namespace Tradepost.Jobs.Tests;

public sealed class JobJsonTests
{
    [Fact]
    public void Names_are_snake_case_money_is_text_times_are_UTC_and_nothing_is_NaN()
    {
        var json = JsonSerializer.Serialize(
            new
            {
                NetAmount = 12.50m,
                At = new DateTime(2026, 1, 31, 12, 0, 0),
                Ratio = double.NaN,
                Day = DayOfWeek.Monday,
                Region = "Київська",
            },
            JobJson.Options);

        json.ShouldBe("""{"net_amount":"12.50","at":"2026-01-31T12:00:00Z","ratio":null,"day":"monday","region":"Київська"}""");
    }
}
