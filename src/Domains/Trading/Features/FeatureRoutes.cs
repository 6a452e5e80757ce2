using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage;
using Tradepost.Trading.Candles;
using Tradepost.Trading.Editions;

namespace Tradepost.Trading.Features;

/// <summary>The features of hours, on the short paths of the forecasting API and under the domain's own.</summary>
internal static class FeatureRoutes
{
    private static readonly string Selected =
        $"SELECT symbol, feature_time, close, is_whole, {StoredFeatures.Columns} FROM {FeatureRows.Name}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["", "/api/v1/trading"])
        {
            var group = routes.MapGroup(path);
            group
                .MapGet("/features/latest", LatestAsync)
                .ForUsers()
                .Describe(
                    "trading",
                    "List the newest features",
                    "Hours that are whole, the newest first; one row for each symbol and hour."
                );
            group
                .MapGet("/features", BetweenAsync)
                .ForUsers()
                .Describe(
                    "trading",
                    "List the features of a time",
                    $"In order of time, a page at a time; at most {AskedTimes.MostDays} days. Missing hours are rows with is_whole false."
                );
        }
    }

    private static Task<KeptAnswer<ItemList<FeatureRow>>> LatestAsync(
        Query<LatestFeaturesQuery> query,
        ShownAnswers answers,
        Store store,
        CancellationToken cancellationToken
    ) => answers.GetAsync(query.Value, () => ReadLatestAsync(store, query.Value), cancellationToken);

    private static async Task<ItemList<FeatureRow>> ReadLatestAsync(Store store, LatestFeaturesQuery asked)
    {
        await using var connection = await store.OpenAsync(CancellationToken.None);
        return new ItemList<FeatureRow>(
            await connection.ReadAsync(
                $"{Selected} WHERE is_whole{OfSymbol(asked.Symbol)} ORDER BY feature_time DESC, symbol LIMIT @Limit",
                new Dictionary<string, object?> { [nameof(asked.Symbol)] = asked.Symbol, [nameof(asked.Limit)] = asked.Limit },
                Read,
                CancellationToken.None
            )
        );
    }

    private static async Task<Ok<Page<FeatureRow>>> BetweenAsync(
        Query<FeaturesQuery> query,
        Store store,
        CancellationToken cancellationToken
    )
    {
        var asked = query.Value;
        var (from, to) = AskedTimes.Check(asked.FromTime, asked.ToTime);
        await using var connection = await store.OpenAsync(cancellationToken);
        var rows = await connection.ReadAsync(
            $"{Selected} WHERE feature_time >= @from AND feature_time <= @to{OfSymbol(asked.Symbol)} ORDER BY feature_time, symbol "
                + "LIMIT @Limit OFFSET @Cursor",
            new Dictionary<string, object?>
            {
                [nameof(from)] = from,
                [nameof(to)] = to,
                [nameof(asked.Symbol)] = asked.Symbol,
                [nameof(asked.Limit)] = asked.Limit,
                [nameof(asked.Cursor)] = asked.Cursor,
            },
            Read,
            cancellationToken
        );
        return TypedResults.Ok(Page.Of(rows, asked.Limit, asked.Cursor));
    }

    private static string OfSymbol(string? symbol) => symbol is null ? "" : " AND symbol = @Symbol";

    private static FeatureRow Read(DbDataReader row)
    {
        var values = StoredFeatures.ValuesOf(row, 4, FeatureList.All.Count);
        return new FeatureRow(
            row.GetString(0),
            row.GetDateTime(1),
            row.GetDouble(2),
            row.GetBoolean(3),
            FeatureList
                .All.Select((feature, i) => KeyValuePair.Create(feature.Name, double.IsNaN(values[i]) ? (double?)null : values[i]))
                .ToDictionary()
        );
    }
}

/// <summary>How many of the newest features to list.</summary>
internal sealed record LatestFeaturesQuery
{
    [Description("Only those of this symbol.")]
    public string? Symbol { get; init; }

    [Description("How many to give at most.")]
    [Range(1, 1000)]
    public int Limit { get; init; } = 100;
}

/// <summary>The features of which time to list.</summary>
internal sealed record FeaturesQuery : HoursQuery
{
    [Description("Only those of this symbol.")]
    public string? Symbol { get; init; }
}
