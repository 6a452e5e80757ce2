using System.Text;
using Tradepost.Advertising.Events;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.Advertising.Tests.Events;

/// <summary>Bodies of events, and their signatures.</summary>
public sealed class EventBatchTests
{
    private static readonly long Now = Moment.Of(new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Unspecified));

    [Fact]
    public void A_list_and_lines_give_the_same_events_and_the_topic_gives_them_back()
    {
        const string one =
            """{"id": "a", "type": "conversion", "at": "2026-01-01T12:00:00+02:00", "campaign_id": "c", "ad_id": "d", "user_id": "u", "value": "12.345678901", "currency": "usd"}""";
        const string two = """{"id": "b", "type": "click", "at": "2026-01-01T12:00:00.123456Z", "campaign_id": "c", "value": 0.5}""";

        var list = EventBatch.ReadJson(Bytes($$"""{"events": [{{one}}, {{two}}]}"""), Now);
        var lines = EventBatch.ReadLines(Bytes($"{one}\r\n\n{two}\n"), Now);

        list.ShouldBe(lines);
        list[0]
            .ShouldBe(
                new AdEvent(
                    "a",
                    AdEventType.Conversion,
                    Moment.Of(new DateTime(2026, 1, 1, 10, 0, 0)),
                    "c",
                    "d",
                    "u",
                    12.345678901m,
                    "USD",
                    Now
                )
            );
        (list[1].Value, list[1].Currency, list[1].AdId).ShouldBe((0.5m, null, ""));
        list.Select(read => EventJson.Read(EventJson.Write(read), Now)).ShouldBe(list);
    }

    [Theory]
    [InlineData("""{"type": "click", "at": "2026-01-01T00:00:00Z", "campaign_id": "c"}""", "id")]
    [InlineData("""{"id": "", "type": "click", "at": "2026-01-01T00:00:00Z", "campaign_id": "c"}""", "id")]
    [InlineData("""{"id": 5, "type": "click", "at": "2026-01-01T00:00:00Z", "campaign_id": "c"}""", "id")]
    [InlineData("""{"id": "\u0000", "type": "click", "at": "2026-01-01T00:00:00Z", "campaign_id": "c"}""", "id")]
    [InlineData("""{"id": "\ud800", "type": "click", "at": "2026-01-01T00:00:00Z", "campaign_id": "c"}""", "id")]
    [InlineData("""{"id": "a", "type": "smile", "at": "2026-01-01T00:00:00Z", "campaign_id": "c"}""", "type")]
    [InlineData("""{"id": "a", "type": "click", "at": "yesterday", "campaign_id": "c"}""", "at")]
    [InlineData("""{"id": "a", "type": "click", "at": "2026-01-04T00:00:00Z", "campaign_id": "c"}""", "at")]
    [InlineData("""{"id": "a", "type": "click", "at": "2026-01-01T00:00:00Z"}""", "campaign_id")]
    [InlineData("""{"id": "a", "type": "click", "at": "2026-01-01T00:00:00Z", "campaign_id": "c", "value": -1}""", "value")]
    [InlineData("""{"id": "a", "type": "click", "at": "2026-01-01T00:00:00Z", "campaign_id": "c", "value": 1e30}""", "value")]
    [InlineData("""{"id": "a", "type": "click", "at": "2026-01-01T00:00:00Z", "campaign_id": "c", "value": "0.1234567891"}""", "value")]
    [InlineData("""{"id": "a", "type": "click", "at": "2026-01-01T00:00:00Z", "campaign_id": "c", "value": true}""", "value")]
    [InlineData("""{"id": "a", "type": "click", "at": "2026-01-01T00:00:00Z", "campaign_id": "c", "currency": "dollars"}""", "currency")]
    [InlineData("""{"id": "a", "type": "click", "at": "2026-01-01T00:00:00Z", "campaign_id": "c", "mood": "good"}""", "mood")]
    public void What_is_no_event_is_refused_with_its_place_and_field(string json, string field)
    {
        const string good = """{"id": "g", "type": "click", "at": "2026-01-01T00:00:00Z", "campaign_id": "c"}""";

        Should
            .Throw<EventProblemException>(() => EventBatch.ReadJson(Bytes($$"""{"events": [{{good}}, {{json}}]}"""), Now))
            .Field.ShouldBe($"events[1].{field}");
        Should.Throw<EventProblemException>(() => EventBatch.ReadLines(Bytes($"{good}\n{json}"), Now)).Field.ShouldBe($"line 2.{field}");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"events": 5}""")]
    [InlineData("""{"events": [], "more": 1}""")]
    [InlineData("""{"events": [5]}""")]
    public void A_body_of_another_form_is_refused(string body) =>
        Should.Throw<EventProblemException>(() => EventBatch.ReadJson(Bytes(body), Now)).Field.ShouldStartWith("events");

    [Fact]
    public void A_signature_is_of_these_bytes_by_this_secret_only()
    {
        var secret = new Secret("key");
        var body = "The quick brown fox jumps over the lazy dog"u8;
        const string right = "sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"; // RFC 2104's, as published

        BodySignature.IsOf(right, body, secret).ShouldBeTrue();
        BodySignature.IsOf(right, body[..^1], secret).ShouldBeFalse();
        BodySignature.IsOf(right, body, new Secret("kez")).ShouldBeFalse();
        BodySignature.IsOf(right.Replace('f', 'e'), body, secret).ShouldBeFalse();
        BodySignature.IsOf(right[7..], body, secret).ShouldBeFalse();
        BodySignature.IsOf($"sha256={new string('z', 64)}", body, secret).ShouldBeFalse();
        BodySignature.IsOf("", body, secret).ShouldBeFalse();
        BodySignature.IsOf(null, body, secret).ShouldBeFalse();
    }

    [Fact]
    public void An_accepted_id_is_known_until_many_others_came()
    {
        var recent = new AcceptedIds(100);
        recent.Add("a");
        recent.Has("a").ShouldBeTrue();
        recent.Has("b").ShouldBeFalse();

        for (var i = 0; i < 99; i++)
        {
            recent.Add($"{i}");
        }

        recent.Has("a").ShouldBeTrue();
        for (var i = 0; i < 200; i++)
        {
            recent.Add($"more {i}");
        }

        recent.Has("a").ShouldBeFalse();
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
