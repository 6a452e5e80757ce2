using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tradepost.Arguments;

namespace Tradepost.App.Telemetry.Logs;

/// <summary>One thing that was logged, and what it happened in: the request, the run, the trace.</summary>
internal sealed class LogEvent(
    DateTimeOffset time,
    LogLevel level,
    string category,
    string message,
    Exception? exception,
    IEnumerable<KeyValuePair<string, object?>>? state
)
{
    private const string RunIdTag = "tradepost.run.id";
    private const string Template = "{OriginalFormat}";

    private readonly Dictionary<string, object?> around = new(StringComparer.Ordinal);

    /// <summary>One line, names readable.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = ResultJson.Encoder };

    /// <summary>Takes up what surrounds the event: the scopes, and the activity with the run that it belongs to.</summary>
    public void Gather(IExternalScopeProvider scopes, string? requestId)
    {
        if (requestId is not null)
        {
            around["request_id"] = requestId;
        }

        scopes.ForEachScope(
            static (scope, around) =>
            {
                switch (scope)
                {
                    case KeyValuePair<string, object> one:
                        around[Spelling.Snake(one.Key)] = Plain(one.Value);
                        break;
                    case IEnumerable<KeyValuePair<string, object?>> several:
                        foreach (var (name, value) in several.Where(pair => pair.Key != Template))
                        {
                            around[Spelling.Snake(name)] = Plain(value);
                        }

                        break;
                    default:
                        break;
                }
            },
            around
        );
        for (var activity = Activity.Current; activity is not null; activity = activity.Parent)
        {
            if (activity.GetTagItem(RunIdTag) is { } run)
            {
                around.TryAdd("run_id", Plain(run));
            }
        }

        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } current)
        {
            around["trace_id"] = current.TraceId.ToHexString();
            around["span_id"] = current.SpanId.ToHexString();
        }
    }

    public Dictionary<string, object?> ToFields()
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["time"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
            ["level"] = Spelling.Snake(level.ToString()),
            ["message"] = message,
            ["category"] = category,
        };
        foreach (var (name, value) in around)
        {
            fields.TryAdd(name, value);
        }

        foreach (var (name, value) in state ?? [])
        {
            if (name != Template)
            {
                fields.TryAdd(Spelling.Snake(name), Plain(value));
            }
        }

        if (exception is not null)
        {
            fields["exception"] = exception.ToString();
        }

        return fields;
    }

    public string ToText()
    {
        var ids = string.Concat(
            new[] { "run_id", "request_id" }
                .Where(around.ContainsKey)
                .Select(name => HiddenCharacters.Escape($" {name[..^3]} {around[name]}"))
        );
        var stack = exception is null ? "" : $"\n  {HiddenCharacters.EscapeLines(exception.ToString())}";
        return $"{time.UtcDateTime:HH:mm:ss} {Spelling.Snake(level.ToString()), -11}{ids} {HiddenCharacters.Escape(message)}{stack}";
    }

    private static object? Plain(object? value) =>
        value switch
        {
            null or string or bool or int or long or short or byte or uint => value,
            double number => double.IsFinite(number) ? number : null,
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
}
