using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage;
using Tradepost.Trading.Editions;
using Tradepost.Trading.Returns.Predicting;

namespace Tradepost.Trading.Returns.Routes;

/// <summary>The newest forecasts of returns, and how good such forecasts were.</summary>
internal static class ReturnRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var prefix in new[] { "", "/api/v1/trading" })
        {
            var group = routes.MapGroup(prefix);
            group
                .MapGet("/predictions/latest", PredictionsAsync)
                .ForUsers()
                .Describe("trading", "List the newest predictions of returns", "Those of the newest candles first.");
            group
                .MapGet("/metrics/latest", MetricsAsync)
                .ForUsers()
                .Describe(
                    "trading",
                    "Show how good forecasts of returns were",
                    "Of each model's newest version, over its whole walk through the past and live, with the baselines."
                );
        }

        var shown = routes.MapGroup("/api/v1/trading/returns");
        shown
            .MapGet("", ComparisonAsync)
            .ForUsers()
            .Describe(
                "trading",
                "Compare the models of a symbol and horizon",
                "With their figures over the walk, the champion and its intervals by year and fold, and the checks for leaks."
            );
        shown
            .MapGet("/forecasts", ForecastsAsync)
            .ForUsers()
            .Describe(
                "trading",
                "List what the champion of a symbol and horizon forecast",
                "Its newest forecasts with what came, in order of time, and what acting on its walk would have brought."
            );
    }

    private static Task<KeptAnswer<ItemList<ReturnPrediction>>> PredictionsAsync(
        Query<PredictionQuery> query,
        ShownAnswers answers,
        Store store,
        CancellationToken cancellationToken
    ) =>
        answers.GetAsync(
            query.Value,
            async () => new ItemList<ReturnPrediction>(await ReturnReports.PredictionsAsync(store, query.Value, CancellationToken.None)),
            cancellationToken
        );

    private static Task<KeptAnswer<ItemList<ReturnMetrics>>> MetricsAsync(
        Query<MetricsQuery> query,
        ShownAnswers answers,
        Store store,
        CancellationToken cancellationToken
    ) =>
        answers.GetAsync(
            query.Value,
            async () => new ItemList<ReturnMetrics>(await ReturnReports.MetricsAsync(store, query.Value.ModelName, CancellationToken.None)),
            cancellationToken
        );

    private static Task<KeptAnswer<ReturnComparison>> ComparisonAsync(
        Query<TrainedQuery> query,
        ShownAnswers answers,
        Store store,
        CancellationToken cancellationToken
    ) => answers.GetAsync(query.Value, () => ReturnComparisons.ReadAsync(store, query.Value, CancellationToken.None), cancellationToken);

    private static Task<KeptAnswer<ForecastTrack>> ForecastsAsync(
        Query<ForecastQuery> query,
        ShownAnswers answers,
        Store store,
        CancellationToken cancellationToken
    ) => answers.GetAsync(query.Value, () => ForecastTracks.ReadAsync(store, query.Value, CancellationToken.None), cancellationToken);
}

/// <summary>Which predictions to list.</summary>
internal sealed record PredictionQuery
{
    [Description("How many to give at most.")]
    [Range(1, 1000)]
    public int Limit { get; init; } = 100;

    [Description("Only this model: LinearRegression, or LinearRegression_log_return_6h.")]
    public string? ModelName { get; init; }

    [Description("Only so many hours ahead; one of those that were trained.")]
    public int? Horizon { get; init; }
}

/// <summary>Whose figures to show.</summary>
internal sealed record MetricsQuery
{
    [Description("Only this model: LinearRegression, or LinearRegression_log_return_6h.")]
    public string? ModelName { get; init; }
}
