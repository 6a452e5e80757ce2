using Tradepost.Trading.Features;
using Tradepost.Trading.Returns;
using Tradepost.Trading.Returns.Intervals;

namespace Tradepost.Trading.Tests.Returns;

/// <summary>Rows that a test made.</summary>
internal sealed class FixedSeries(params FeatureSeries[] all) : IReturnSeries
{
    public Task<IReadOnlyList<string>> SymbolsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. all.Select(series => series.Symbol)]);

    public Task<FeatureSeries> ReadAsync(string symbol, DateTime? until, CancellationToken cancellationToken)
    {
        var series = all.First(one => one.Symbol == symbol);
        return Task.FromResult(until is { } last ? HourlyRows.First(series, series.Times.Count(time => time <= last)) : series);
    }

    public async Task<IReadOnlyDictionary<string, NewestHours>> NewestAsync(
        IReadOnlyCollection<string> symbols,
        DateTime? until,
        CancellationToken cancellationToken
    )
    {
        var newest = new Dictionary<string, NewestHours>();
        foreach (var symbol in symbols)
        {
            newest[symbol] = NewestHours.Of(await ReadAsync(symbol, until, cancellationToken), RealisedVolatility.LookBack);
        }

        return newest;
    }

    public async Task<FeatureSeries> HoursAsync(string symbol, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        var series = await ReadAsync(symbol, to, cancellationToken);
        return series.Last(series.Times.Count(time => time >= from));
    }
}
