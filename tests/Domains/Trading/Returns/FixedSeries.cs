using Tradepost.Trading.Features;
using Tradepost.Trading.Returns;

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
}
