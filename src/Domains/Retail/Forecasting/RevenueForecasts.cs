using Tradepost.Storage;
using Tradepost.Training.Ledger;
using Tradepost.Training.Registry;

namespace Tradepost.Retail.Forecasting;

/// <summary>What the version in production has predicted last.</summary>
public static class RevenueForecasts
{
    public const string Job = "retail.forecast";

    public const string Model = "Prophet_daily_revenue";

    internal const string ByDay = "revenue by day";

    internal const string ByWeek = "revenue by week";

    public static async Task<RevenueForecast> ReadAsync(
        Store store,
        TimeProvider time,
        ForecastStep by,
        CancellationToken cancellationToken
    )
    {
        if (await new ModelRegistry(store, time).FindProductionAsync(Model, cancellationToken) is not { } production)
        {
            return new RevenueForecast(Model, Version: null, AsOf: null, MadeAt: null, Items: []);
        }

        var predictions = await new PredictionLedger(store, time).LatestAsync(
            Model,
            production.Version,
            by == ForecastStep.Day ? ByDay : ByWeek,
            cancellationToken
        );
        return new RevenueForecast(
            Model,
            production.Version,
            predictions is [var first, ..] ? first.AsOf : null,
            predictions is [var one, ..] ? one.MadeAt : null,
            [
                .. predictions.Select(prediction => new PredictedRevenue(
                    DateOnly.FromDateTime(prediction.MadeFor),
                    prediction.Value,
                    prediction.Lower,
                    prediction.Upper,
                    prediction.Actual
                )),
            ]
        );
    }
}
