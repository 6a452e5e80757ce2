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
            throw new JobFailedException("--day is one whole day; leave --from and --to out, or --day.", 2);
        }

        var from = options.Day?.ToDateTime(TimeOnly.MinValue) ?? options.From;
        var to = options.Day?.AddDays(1).ToDateTime(TimeOnly.MinValue) ?? options.To;
        if (from >= to)
        {
            throw new JobFailedException($"--from is {from:u} and --to {to:u}; expected is a --to behind it.", 2);
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
