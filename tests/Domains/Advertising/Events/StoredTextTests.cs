using System.Text;
using System.Text.Json;
using Tradepost.Advertising.Events;

namespace Tradepost.Advertising.Tests.Events;

/// <summary>What no store takes is refused before it is in the topic, where it would hold up all that comes behind it.</summary>
public sealed class StoredTextTests
{
    [Theory]
    [InlineData("""{"a": "\u0000"}""")]
    [InlineData("""{"a": "\ud83d"}""")]
    [InlineData("""[1, {"b": ["x", "\udc00\ud800"]}]""")]
    [InlineData("""{"\u0000": 1}""")]
    [InlineData("""{"\ud83d": 1}""")]
    public void A_notice_with_half_a_text_is_none(string value)
    {
        var body =
            $$"""{"object": "ad_account", "entry": [{"id": "1", "time": 1767225600, "changes": [{"field": "f", "value": {{value}}}]}]}""";

        Should
            .Throw<EventProblemException>(() => PlatformNotice.ReadAll(Encoding.UTF8.GetBytes(body), now: 0))
            .Message.ShouldContain("U+0000, or with half a character");
    }

    [Theory]
    [InlineData("""{"\ud83d": "click"}""", "half a character")]
    [InlineData("""{"id": "\u0000"}""", "events[0].id")]
    public void An_event_with_half_a_text_is_none(string json, string reason)
    {
        using var document = JsonDocument.Parse(json);

        Should.Throw<EventProblemException>(() => EventJson.Read(document.RootElement, "events[0]", now: 0)).Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("""{"a": "\ud83d\ude00 \\u0000 Їжак"}""")]
    [InlineData("null")]
    [InlineData("[true, 1.5e300]")]
    public void Whole_texts_stay_as_they_are(string value)
    {
        var body = $$"""{"object": "ad_account", "entry": [{"id": "1", "changes": [{"field": "f", "value": {{value}}}]}]}""";

        var notice = PlatformNotice.ReadAll(Encoding.UTF8.GetBytes(body), now: 0).ShouldHaveSingleItem();

        notice.Content.ShouldBe(value);
        PlatformNotice.Read(notice.Write()).ShouldBe(notice);
    }
}
