using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tradepost.Advertising.Metrics;
using Tradepost.Arguments;
using Tradepost.Storage;
using Tradepost.Storage.Files;

namespace Tradepost.Advertising.Events;

/// <summary>Events as JSON: how they are sent, and how they stand in the topic.</summary>
internal static class EventJson
{
    private const int LongestText = 200;
    private const string Received = "received_at";

    private static readonly DateTime Earliest = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly TimeSpan ClockDifference = TimeSpan.FromDays(1);

    private static readonly string[] Fields = ["id", "type", "at", "campaign_id", "ad_id", "user_id", "value", "currency"];

    private static readonly Dictionary<string, AdEventType> Types = Enum.GetValues<AdEventType>()
        .ToDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>Reads an event that was sent.</summary>
    /// <param name="json">The object.</param>
    /// <param name="place">Where it stands, such as <c>events[3]</c>, for messages.</param>
    /// <param name="now">When it was received, in microseconds since 1970 UTC.</param>
    /// <exception cref="EventProblemException">It is none.</exception>
    public static AdEvent Read(JsonElement json, string place, long now)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new EventProblemException(place, $"{place} is no event; expected is an object with {string.Join(", ", Fields)}.");
        }

        foreach (var name in NamesOf(json, place))
        {
            if (!Fields.Contains(name, StringComparer.Ordinal) && name != Received)
            {
                throw new EventProblemException(
                    $"{place}.{Shown.Cell(name)}",
                    $"{place} has a field {Shown.Cell(name)}; an event has {string.Join(", ", Fields)}."
                );
            }
        }

        return new AdEvent(
            Text(json, place, "id", isRequired: true)!,
            TypeOf(json, place),
            MomentOf(json, place, "at", now),
            Text(json, place, "campaign_id", isRequired: true)!,
            Text(json, place, "ad_id") ?? "",
            Text(json, place, "user_id") ?? "",
            ValueOf(json, place),
            CurrencyOf(json, place),
            now
        );
    }

    /// <summary>Reads an event of the topic.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static AdEvent Read(ReadOnlyMemory<byte> content, long now)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var read = Read(document.RootElement, "event", now);
            return document.RootElement.TryGetProperty(Received, out _)
                ? read with
                {
                    ReceivedAt = MomentOf(document.RootElement, "event", Received, now),
                }
                : read;
        }
        catch (JsonException e)
        {
            throw new FormatException("It is not JSON that can be read.", e);
        }
    }

    /// <summary>How a type is called.</summary>
    public static string NameOf(AdEventType type) => Spelling.Snake(type.ToString());

    /// <summary>An event as it stands in the topic.</summary>
    public static byte[] Write(AdEvent written)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("id", written.Id);
        json.WriteString("type", NameOf(written.Type));
        json.WriteString("at", Iso(written.At));
        json.WriteString("campaign_id", written.CampaignId);
        json.WriteString("ad_id", written.AdId);
        json.WriteString("user_id", written.UserId);
        json.WriteString("value", written.Value.ToString(CultureInfo.InvariantCulture));
        if (written.Currency is { } currency)
        {
            json.WriteString("currency", currency);
        }

        json.WriteString(Received, Iso(written.ReceivedAt));
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static IReadOnlyList<string> NamesOf(JsonElement json, string place)
    {
        try
        {
            return [.. json.EnumerateObject().Select(property => property.Name)];
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json reads half a character as none.
            throw new EventProblemException(place, $"{place} has a field whose name has half a character.");
        }
    }

    private static string Iso(long moment) =>
        Moment.ToDateTime(moment).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string? Text(JsonElement json, string place, string field, bool isRequired = false)
    {
        if (!json.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return isRequired
                ? throw new EventProblemException($"{place}.{field}", $"{place}.{field} is missing; expected is a text.")
                : null;
        }

        var text = value.ValueKind == JsonValueKind.String ? TextOf(value) : null;
        return
            text is not null
            && (text.Length > 0 || !isRequired)
            && Encoding.UTF8.GetByteCount(text) <= LongestText
            && !text.Any(char.IsControl)
            ? text
            : throw new EventProblemException(
                $"{place}.{field}",
                $"{place}.{field} is {Shown.Cell(value.GetRawText())}; expected is a text of {(isRequired ? 1 : 0)} to {LongestText} bytes without control characters."
            );
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private static AdEventType TypeOf(JsonElement json, string place) =>
        Types.TryGetValue(Text(json, place, "type", isRequired: true)!, out var type)
            ? type
            : throw new EventProblemException($"{place}.type", $"{place}.type is none of {string.Join(", ", Types.Keys)}.");

    private static long MomentOf(JsonElement json, string place, string field, long now)
    {
        var text = Text(json, place, field, isRequired: true)!;
        if (
            !DateTimeOffset.TryParseExact(
                text,
                ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var at
            )
        )
        {
            throw new EventProblemException(
                $"{place}.{field}",
                $"{place}.{field} is '{Shown.Cell(text)}'; expected is a time such as 2026-01-31T12:00:00Z."
            );
        }

        var moment = at.UtcMoment();
        return moment >= Earliest && Moment.Of(moment) <= now + (ClockDifference.Ticks / TimeSpan.TicksPerMicrosecond)
            ? Moment.Of(moment)
            : throw new EventProblemException(
                $"{place}.{field}",
                $"{place}.{field} is '{Shown.Cell(text)}'; expected is a time from 2000 on that is no more than a day ahead."
            );
    }

    private static decimal ValueOf(JsonElement json, string place)
    {
        if (!json.TryGetProperty("value", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return 0;
        }

        var text = value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? value.ToString() : "";
        return
            decimal.TryParse(
                text,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out var amount
            )
            && amount.ToString(CultureInfo.InvariantCulture).Count(char.IsAsciiDigit) <= ReportedRows.MoneyPrecision
            && ExactAmount.TryScale(amount, ReportedRows.Spend, out _)
            && text.Length <= ReportedRows.MoneyPrecision + 1
            ? amount
            : throw new EventProblemException(
                $"{place}.value",
                $"{place}.value is {Shown.Cell(value.GetRawText())}; expected is an amount from 0 with up to {ReportedRows.MoneyScale} digits behind the point."
            );
    }

    private static string? CurrencyOf(JsonElement json, string place) =>
        Text(json, place, "currency") is not { Length: > 0 } code ? null
        : Money.Currency.Find(code) is { } currency ? currency.Code
        : throw new EventProblemException(
            $"{place}.currency",
            $"{place}.currency is '{Shown.Cell(code)}'; expected is a code such as USD."
        );
}
