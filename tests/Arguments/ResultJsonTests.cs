using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tradepost.Arguments.Tests;

public sealed class ResultJsonTests
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
            ResultJson.Options
        );

        json.ShouldBe("""{"net_amount":"12.50","at":"2026-01-31T12:00:00Z","ratio":null,"day":"monday","region":"Київська"}""");
    }

    [Fact]
    public void No_hidden_character_stands_in_it_and_each_comes_back()
    {
        var hidden = Enumerable
            .Range(0, 0x110000)
            .Where(HiddenCharacters.IsHidden)
            .Where(codePoint => codePoint is < 0xD800 or > 0xDFFF)
            .ToList();
        foreach (var some in hidden.Chunk(50))
        {
            var text = $"ї 👍 {string.Concat(some.Select(char.ConvertFromUtf32))} end";

            foreach (
                var json in new[]
                {
                    JsonSerializer.Serialize(new[] { text }, ResultJson.Options),
                    JsonValue.Create(text).ToJsonString(ResultJson.Options),
                    Encoding.UTF8.GetString(
                        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { [text] = text }, ResultJson.Options)
                    ),
                }
            )
            {
                HiddenCharacters.Find(json).ShouldBeNull();
                json.ShouldContain("ї");
                JsonNode.Parse(json)!.ToJsonString(ResultJson.Options).ShouldBe(json);
            }

            JsonSerializer.Deserialize<string[]>(JsonSerializer.Serialize(new[] { text }, ResultJson.Options)).ShouldBe([text]);
        }

        hidden.Count.ShouldBeGreaterThan(4000);
    }
}
