using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Storage;

namespace Tradepost.Trading.Exporting;

/// <summary>Which rows of a table are asked for, as a condition.</summary>
internal sealed class ExportFilter
{
    private readonly List<string> conditions = [];

    private ExportFilter(ExportOptions options, string time, Func<DateTime, object> valueOf)
    {
        if (options.Day is not null && (options.From is not null || options.To is not null))
        {
            throw new JobFailedException(
                new Sentence(
                    $"{nameof(ExportOptions.Day):argument} is one whole day; leave {nameof(ExportOptions.From):argument} and {nameof(ExportOptions.To):argument} out, or {nameof(ExportOptions.Day):argument}."
                ),
                2
            );
        }

        var from = options.Day?.ToDateTime(TimeOnly.MinValue) ?? options.From;
        var to = options.Day?.AddDays(1).ToDateTime(TimeOnly.MinValue) ?? options.To;
        if (from >= to)
        {
            throw new JobFailedException(
                new Sentence(
                    $"{nameof(ExportOptions.From):argument} is {from:u} and {nameof(ExportOptions.To):argument} {to:u}; expected is a {nameof(ExportOptions.To):argument} behind it."
                ),
                2
            );
        }

        Add("symbol = @symbol", "symbol", options.Symbol);
        Add("exchange = @exchange", "exchange", options.Exchange);
        Add($"{time} >= @from", "from", from is { } first ? valueOf(first) : null);
        Add($"{time} < @to", "to", to is { } last ? valueOf(last) : null);
    }

    /// <summary>Of a table whose column <c>timestamp</c> counts microseconds.</summary>
    public static ExportFilter OfQuotes(ExportOptions options) => new(options, "timestamp", time => Moment.Of(time));

    /// <summary>Of a table with a column of times.</summary>
    public static ExportFilter Of(ExportOptions options, string time) => new(options, time, moment => moment);

    public Dictionary<string, object?> Parameters { get; } = [];

    public string Where => conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);

    private void Add(string condition, string name, object? value)
    {
        if (value is not null)
        {
            conditions.Add(condition);
            Parameters[name] = value;
        }
    }
}
