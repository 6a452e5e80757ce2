using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
using Tradepost.Streams.Topics;

namespace Tradepost.Streams.Drains;

/// <summary>
/// Topics: each row is published at least once and those of a key in order, as JSON with exact decimals as texts. How far it is stands in a
/// file beside the log; what was published and not noted there when a process ended is published again, with the same log and position in
/// its headers.
/// </summary>
/// <param name="open">Opens the topics; called again after each failure.</param>
/// <param name="folder">The log's folder.</param>
public sealed partial class TopicSink(Func<ITopics> open, DurableLog log, string folder, TimeProvider clock, ILogger logger) : LogSink(log)
{
    /// <summary>The header with the log's identity.</summary>
    public const string LogHeader = "log";

    /// <summary>The header with the position in the log.</summary>
    public const string PositionHeader = "position";

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly TopicPosition noted = new(folder, log);
    private ITopics? topics;

    /// <inheritdoc/>
    public override string Name => "topics";

    /// <inheritdoc/>
    public override int Many => 2_000;

    /// <inheritdoc/>
    public override string? Failure => topics?.Failure;

    /// <inheritdoc/>
    public override string Back => "The log is published again.";

    /// <summary>The events of rows.</summary>
    /// <param name="log">The identity of the log that they are from.</param>
    public static IReadOnlyList<TopicEvent> EventsOf(TableRows rows, Guid log)
    {
        var identity = log.ToString();
        var content = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(content);
        var names = rows.Table.Columns.Select(column => column.Name).ToList();
        List<(JsonEncodedText Name, int Column)> fields =
        [
            .. rows.Table.EventFields.Select(name => (JsonEncodedText.Encode(name), names.IndexOf(name))),
        ];
        var events = new List<TopicEvent>(rows.Count);
        foreach (var (batch, row, position) in rows.Each)
        {
            content.ResetWrittenCount();
            json.Reset();
            json.WriteStartObject();
            foreach (var (name, column) in fields)
            {
                json.WritePropertyName(name);
                Write(json, batch[column], row);
            }

            json.WriteEndObject();
            json.Flush();
            events.Add(
                new TopicEvent(
                    RowText.Text(batch[rows.Table.KeyColumn], row),
                    content.WrittenSpan.ToArray(),
                    [new(LogHeader, identity), new(PositionHeader, position.ToString())]
                )
            );
        }

        return events;
    }

    /// <inheritdoc/>
    public override bool IsAway(Exception failure) => failure is TopicException;

    /// <inheritdoc/>
    public override string Away(string problem) => $"{problem} What comes stays in the log until it can be published.";

    /// <inheritdoc/>
    public override Task<long> OpenAsync(CancellationToken cancellationToken)
    {
        var position = noted.Read();
        topics = open();
        return Task.FromResult(position);
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(LogRows rows, long next, CancellationToken cancellationToken)
    {
        var opened = topics ?? throw new InvalidOperationException("The sink is not open.");
        var publishing = Task.WhenAll(
            rows.Tables.Where(table => table.Count > 0)
                .Select(table => opened.PublishAsync(table.Table.Topic, EventsOf(table, Log.Identity), cancellationToken))
        );
        var isTold = false;
        while (await Task.WhenAny(publishing, Task.Delay(Look, clock, CancellationToken.None)) != publishing)
        {
            if (opened.Failure is { } problem && !isTold)
            {
                LogWaits(logger, Away(problem));
                isTold = true;
            }
        }

        await publishing;
        noted.Write(next);
        if (isTold)
        {
            LogPublished(logger, next);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask CloseAsync()
    {
        if (topics is { } opened)
        {
            topics = null;
            await opened.DisposeAsync();
        }
    }

    private static void Write(Utf8JsonWriter json, ColumnBuffer column, int row)
    {
        if (column.IsNull(row))
        {
            json.WriteNullValue();
            return;
        }

        switch (column.Column.Type)
        {
            case ColumnType.Text:
                json.WriteStringValue(column.AsText()[row]);
                break;
            case ColumnType.BigInt:
                json.WriteNumberValue(column.Values<long>()[row]);
                break;
            case ColumnType.Double:
                json.WriteNumberValue(column.Values<double>()[row]);
                break;
            case ColumnType.Boolean:
                json.WriteBooleanValue(column.Values<bool>()[row]);
                break;
            default:
                Span<char> text = stackalloc char[RowText.LongestNumber];
                json.WriteStringValue(text[..RowText.Format(column, row, text)]);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Sentence}")]
    private static partial void LogWaits(ILogger logger, string sentence);

    [LoggerMessage(Level = LogLevel.Information, Message = "Everything before position {Position} of the log is published.")]
    private static partial void LogPublished(ILogger logger, long position);
}
