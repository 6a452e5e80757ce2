using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Routes;

/// <summary>The feeds as they come in, and which times of them can be trusted.</summary>
internal static class TradingRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var trading = routes.MapGroup("/api/v1/trading");
        trading
            .MapGet("/feeds", FeedsAsync)
            .ForUsers()
            .DisableRequestTimeout()
            .Describe(
                "trading",
                "Show the last quote of each symbol, and the log",
                "With Accept: text/event-stream an event feeds, then events quotes with the items that changed, at most sixty a second, "
                    + "and log with the log's size."
            )
            .ReturnsEvents();
        trading
            .MapGet("/depth", DepthAsync)
            .ForUsers()
            .DisableRequestTimeout()
            .Describe(
                "trading",
                "Show the best levels of a symbol's order book",
                "Twenty a side, from a collector with --depth in this server's process; its state is none where no such collector keeps "
                    + "the book. "
                    + "With Accept: text/event-stream, again whenever it changes as events named depth, at most sixty a second."
            )
            .ReturnsEvents();
        trading
            .MapGet("/quotes", QuotesAsync)
            .ForUsers()
            .Describe("trading", "Show the last minutes of a symbol", "Averages of equal spans, at most 600 of them.");
        trading
            .MapGet("/gaps", GapsAsync)
            .ForUsers()
            .Describe("trading", "List the times in which quotes may be missing", "Newest first, a page at a time.");
        trading
            .MapGet("/coverage", CoverageAsync)
            .ForUsers()
            .Describe("trading", "Show how much of each day can be trusted", "UTC days, the last one today.");
    }

    private static async Task<Results<Ok<Feeds>, ServerSentEventsResult<byte[]>>> FeedsAsync(
        FeedState state,
        LivePublisher publisher,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        EventStream.IsWanted(context)
            ? TypedResults.ServerSentEvents(publisher.FollowAsync(cancellationToken))
            : TypedResults.Ok(await state.ReadAsync(cancellationToken));

    private static async Task<Results<Ok<MarketDepth>, ServerSentEventsResult<byte[]>>> DepthAsync(
        Query<DepthQuery> query,
        LiveBoard board,
        LivePublisher publisher,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (exchange, symbol) = (query.Value.Exchange, query.Value.Symbol);
        return EventStream.IsWanted(context)
            ? TypedResults.ServerSentEvents(publisher.FollowDepthAsync(exchange, symbol, cancellationToken))
            : TypedResults.Ok(
                await board.DepthAsync(exchange, symbol, known: null, cancellationToken) ?? MarketDepth.Unknown(exchange, symbol)
            );
    }

    private static async Task<Ok<ItemList<QuotePoint>>> QuotesAsync(
        Query<HistoryQuery> query,
        QuoteWatch watch,
        CancellationToken cancellationToken
    )
    {
        var asked = query.Value;
        return TypedResults.Ok(
            new ItemList<QuotePoint>(await watch.HistoryAsync(asked.Exchange, asked.Symbol, asked.Minutes, cancellationToken))
        );
    }

    private static async Task<Ok<Page<RecordedGap>>> GapsAsync(Query<GapQuery> query, QuoteWatch watch, CancellationToken cancellationToken)
    {
        var asked = query.Value;
        var gaps = await watch.GapsAsync(asked.Limit, asked.Cursor, cancellationToken);
        return TypedResults.Ok(Page.Of(gaps, asked.Limit, asked.Cursor));
    }

    private static async Task<Ok<ItemList<CoveredDay>>> CoverageAsync(
        Query<CoverageQuery> query,
        QuoteWatch watch,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(new ItemList<CoveredDay>(await watch.CoverageAsync(query.Value.Days, cancellationToken)));
}

internal sealed record HistoryQuery
{
    [Required]
    [Description("The exchange, as the feeds name it.")]
    public string Exchange { get; init; } = "";

    [Required]
    [Description("The symbol.")]
    public string Symbol { get; init; } = "";

    [Description("How many minutes back.")]
    [Range(1, 1440)]
    public int Minutes { get; init; } = 15;
}

internal sealed record DepthQuery
{
    [Required]
    [Description("The exchange, as the feeds name it.")]
    public string Exchange { get; init; } = "";

    [Required]
    [Description("The symbol.")]
    public string Symbol { get; init; } = "";
}

internal sealed record GapQuery
{
    [Description("How many gaps to give at most.")]
    [Range(1, 500)]
    public int Limit { get; init; } = 50;

    [Description("Where to go on: next of the page before.")]
    [Range(0, int.MaxValue)]
    public int Cursor { get; init; }
}

internal sealed record CoverageQuery
{
    [Description("How many days, today among them.")]
    [Range(1, 92)]
    public int Days { get; init; } = 35;
}
