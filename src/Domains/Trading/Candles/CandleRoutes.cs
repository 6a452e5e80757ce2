using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage;

namespace Tradepost.Trading.Candles;

/// <summary>The hours of a symbol.</summary>
internal static class CandleRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/trading/candles", BetweenAsync)
            .ForUsers()
            .Describe(
                "trading",
                "List the hourly candles of a symbol",
                $"In order of time, a page at a time; at most {AskedTimes.MostDays} days. Of one exchange; hours may be missing."
            );

    private static async Task<Ok<Page<HourlyCandle>>> BetweenAsync(
        Query<CandleQuery> query,
        Store store,
        CancellationToken cancellationToken
    )
    {
        var asked = query.Value;
        return TypedResults.Ok(Page.Of(await ListedCandles.ReadAsync(store, asked, cancellationToken), asked.Limit, asked.Cursor));
    }
}

/// <summary>The candles of which symbol and time to list.</summary>
internal sealed record CandleQuery : HoursQuery
{
    [Required]
    [Description("The symbol, as candles have it: BTCUSDT.")]
    public string Symbol { get; init; } = "";
}
