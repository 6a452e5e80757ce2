using System.Text.Json;

namespace Tradepost.Advertising.Events;

/// <summary>The events of a body: an object with a list of them, or a line of JSON for each.</summary>
internal static class EventBatch
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Reads <c>{"events": […]}</c>.</summary>
    /// <exception cref="EventProblemException">It is none, or one of its events is none.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static List<AdEvent> ReadJson(ReadOnlyMemory<byte> body, long now)
    {
        using var document = JsonDocument.Parse(body, Options);
        var root = document.RootElement;
        if (
            root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("events", out var list)
            || list.ValueKind != JsonValueKind.Array
            || root.EnumerateObject().Skip(1).Any()
        )
        {
            throw new EventProblemException("events", "The body must be an object with one field, events, which is a list.");
        }

        var events = new List<AdEvent>(list.GetArrayLength());
        foreach (var json in list.EnumerateArray())
        {
            events.Add(EventJson.Read(json, $"events[{events.Count}]", now));
        }

        return events;
    }

    /// <summary>Reads an event of each line; blank lines are passed over.</summary>
    /// <exception cref="EventProblemException">A line is no event.</exception>
    public static List<AdEvent> ReadLines(ReadOnlyMemory<byte> body, long now)
    {
        var events = new List<AdEvent>();
        for (var number = 1; body.Length > 0; number++)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (line.Span.Trim(" \t\r"u8).IsEmpty)
            {
                continue;
            }

            try
            {
                using var document = JsonDocument.Parse(line, Options);
                events.Add(EventJson.Read(document.RootElement, $"line {number}", now));
            }
            catch (JsonException)
            {
                throw new EventProblemException($"line {number}", $"line {number} is not JSON that can be read.");
            }
        }

        return events;
    }
}
