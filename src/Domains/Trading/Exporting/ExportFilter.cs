using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Storage;

namespace Tradepost.Trading.Exporting;

/// <summary>Which quotes of a table are asked for, as a condition.</summary>
internal sealed class QuoteFilter
{
    private readonly List<string> conditions = [];

    public QuoteFilter(ExportOptions options)
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
        Add("timestamp >= @from", "from", from is { } first ? Moment.Of(first) : null);
        Add("timestamp < @to", "to", to is { } last ? Moment.Of(last) : null);
    }

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
