using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tradepost.Storage;

namespace Tradepost.Advertising.Events;

/// <summary>What a platform told by webhook: a field of an object that changed.</summary>
/// <param name="Object">Of which kind, such as <c>ad_account</c>.</param>
/// <param name="Entry">Which object.</param>
/// <param name="Field">What changed.</param>
/// <param name="Content">The value as it was sent, as JSON.</param>
/// <param name="At">When the platform says it was, in microseconds since 1970 UTC.</param>
/// <param name="ReceivedAt">When it came.</param>
internal sealed record PlatformNotice(string Object, string Entry, string Field, string Content, long At, long ReceivedAt)
{
    private const int LongestName = 200;

    /// <summary>What it is known by when it is sent again: a hash of everything but when it came.</summary>
    public string Id
    {
        get
        {
            var all = string.Join('\u001f', Object, Entry, At.ToString(CultureInfo.InvariantCulture), Field, Content);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
        }
    }

    /// <summary>The notices of a body.</summary>
    /// <exception cref="EventProblemException">It is not as the platform sends them.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static IReadOnlyList<PlatformNotice> ReadAll(ReadOnlyMemory<byte> body, long now)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        StoredText.Of(root, "the body");
        var subject = Text(root, "object", "");
        return
        [
            .. List(root, "entry", "")
                .SelectMany(
                    (entry, number) =>
                        List(entry, "changes", $"entry[{number}].")
                            .Select(change => new PlatformNotice(
                                subject,
                                Text(entry, "id", $"entry[{number}]."),
                                Text(change, "field", $"entry[{number}].changes."),
                                change.TryGetProperty("value", out var value)
                                    ? StoredText.Of(value, $"entry[{number}].changes.value")
                                    : "null",
                                TimeOf(entry, number, now),
                                now
                            ))
                ),
        ];
    }

    /// <summary>The notice as it stands in the topic.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Reads a notice of the topic.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static PlatformNotice Read(ReadOnlySpan<byte> content)
    {
        try
        {
            var notice = JsonSerializer.Deserialize<PlatformNotice>(content) ?? throw new FormatException("It is null.");
            using var value = JsonDocument.Parse(notice.Content);
            StoredText.Of(value.RootElement, nameof(Content));
            return notice;
        }
        catch (JsonException e)
        {
            throw new FormatException("It is not JSON that can be read.", e);
        }
    }

    private static string Text(JsonElement json, string field, string place)
    {
        var text =
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty(field, out var value)
                ? value.ValueKind switch
                {
                    JsonValueKind.String => value.GetString(),
                    JsonValueKind.Number => value.GetRawText(),
                    _ => null,
                }
                : null;
        return text is { Length: > 0 and <= LongestName } && !text.Any(char.IsControl)
            ? text
            : throw new EventProblemException(place + field, $"{place}{field} is missing, or no text of 1 to {LongestName} letters.");
    }

    private static JsonElement.ArrayEnumerator List(JsonElement json, string field, string place) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : throw new EventProblemException(place + field, $"{place}{field} is missing, or no list.");

    private static long TimeOf(JsonElement entry, int number, long now) =>
        !entry.TryGetProperty("time", out var time) ? now
        : time.ValueKind == JsonValueKind.Number && time.TryGetInt64(out var seconds) && seconds is >= 0 and < 253_402_300_800
            ? seconds * Moment.Second
        : throw new EventProblemException($"entry[{number}].time", $"entry[{number}].time is no number of seconds since 1970.");
}
