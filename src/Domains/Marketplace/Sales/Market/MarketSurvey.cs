using System.Data.Common;
using System.Text.Json;
using Tradepost.Arguments;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Marketplace.Sales.Market;

/// <summary>Sums up a day's estimates by category and brand, with what moves in each, and keeps that in <c>market_groups</c>.</summary>
internal sealed class MarketSurvey
{
    /// <summary>Days that are compared with as many before.</summary>
    public const int Window = 30;

    /// <summary>Estimates of more days before are of another season.</summary>
    private const int Oldest = 45;

    private const int GoneAfter = 7;

    private static readonly Table Groups = new(
        "market_groups",
        [
            new Column("date", ColumnType.Date, IsNullable: false),
            new Column("model_version", ColumnType.Integer, IsNullable: false),
            new Column("part", ColumnType.Text, IsNullable: false),
            new Column("label", ColumnType.Text),
            new Column("units", ColumnType.Double),
            new Column("revenue", ColumnType.Double),
            new Column("figures", ColumnType.Json, IsNullable: false),
        ],
        ["date", "model_version", "part", "label"]
    );

    private readonly Store store;
    private readonly DateOnly day;
    private readonly IReadOnlyList<PricedProduct> panel;

    private MarketSurvey(Store store, DateOnly day, IReadOnlyList<PricedProduct> panel) =>
        (this.store, this.day, this.panel) = (store, day, panel);

    /// <summary>The parameters of the statements: the day, the last one of the window before, the oldest that is compared with, and when a product is gone.</summary>
    private object Days =>
        new
        {
            day,
            latest = day.AddDays(-Window),
            oldest = day.AddDays(-Oldest),
            gone = day.AddDays(-GoneAfter),
        };

    /// <summary>Reads prices and what was sold at them.</summary>
    /// <param name="store">The store.</param>
    /// <param name="connection">To it.</param>
    /// <param name="history">With known sales; null where there are none.</param>
    /// <param name="day">The day of the estimates.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<MarketSurvey> ReadAsync(
        Store store,
        DbConnection connection,
        SalesHistory? history,
        DateOnly day,
        CancellationToken cancellationToken
    ) => new(store, day, await PricePanel.ReadAsync(connection, history, day, cancellationToken));

    /// <summary>Sums up the estimates that a version made for the day, within the transaction that wrote them.</summary>
    public async Task WriteAsync(DbConnection connection, int version, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("DROP TABLE IF EXISTS market_missed", null, cancellationToken);
        await connection.ExecuteAsync(Script("missed"), Days, cancellationToken);
        var knowsStock = await KnowsStockAsync(connection, cancellationToken);
        if (knowsStock)
        {
            await connection.ExecuteAsync(Script("out_of_stock"), Days, cancellationToken);
        }

        var wasWatched = await connection.ScalarAsync<long>(
            "SELECT count(*) FROM (SELECT 1 FROM products WHERE first_seen <= @latest LIMIT 1) p",
            Days,
            cancellationToken
        );
        await connection.ExecuteAsync(
            $"DELETE FROM {Groups.Name} WHERE \"date\" = @day AND model_version = @version",
            new { day, version },
            cancellationToken
        );
        var rows = new List<(MarketPart Part, MarketGroup Group)>();
        foreach (var part in Enum.GetValues<MarketPart>())
        {
            var sums = await ReadAsync(connection, part, version, cancellationToken);
            var elasticities = Elasticities(part);
            var (all, ofAll) = (sums.Sum(one => one.Revenue), sums.Aggregate(default(PairSums), (sum, one) => sum + one.RevenuePairs));
            rows.AddRange(sums.Select(one => (part, Describe(one, all, ofAll, wasWatched > 0, knowsStock, elasticities))));
        }

        await WriteAsync(connection, rows, version, cancellationToken);
        await connection.ExecuteAsync("DROP TABLE market_missed", null, cancellationToken);
    }

    private static MarketGroup Describe(
        GroupSums sums,
        double? revenue,
        PairSums pairs,
        bool wasWatched,
        bool knowsStock,
        Dictionary<string, PriceElasticity> elasticities
    )
    {
        var elasticity = elasticities.GetValueOrDefault(sums.Name ?? "") ?? PriceElasticity.Of([]);
        var isWhole = sums.OutOfStock + sums.Gone == 0;
        return new MarketGroup
        {
            Name = sums.Name,
            Products = sums.Products,
            Estimated = sums.Estimated,
            Units = sums.Units.Value,
            Lower = sums.Units.Lower,
            Upper = sums.Units.Upper,
            Revenue = sums.Revenue,
            Share = revenue > 0 ? sums.Revenue / revenue : null,
            UnitsChange = sums.UnitPairs.Change(),
            RevenueChange = sums.RevenuePairs.Change(),
            ShareChange = sums.RevenuePairs.ShareChange(pairs),
            Elasticity = elasticity.Figure,
            ElasticitySource = elasticity.Source,
            PricesMoved = elasticity.Products,
            Entrants = wasWatched ? sums.Entrants : null,
            EntrantRevenue =
                !wasWatched ? MarketFigure.None(MarketReason.NotWatchedBefore)
                : sums.Entrants == 0 ? MarketFigure.Of(0, 0, 0)
                : sums.EntrantRevenue.Figure(),
            OutOfStock = knowsStock ? sums.OutOfStock : null,
            Gone = sums.Gone,
            LostUnits = isWhole ? MarketFigure.Of(0, 0, 0) : sums.LostUnits.Figure(),
            LostRevenue = isWhole ? MarketFigure.Of(0, 0, 0) : sums.LostRevenue.Figure(),
        };
    }

    private Dictionary<string, PriceElasticity> Elasticities(MarketPart part) =>
        panel
            .GroupBy(product => (part == MarketPart.Brand ? product.Brand : product.Category) ?? "", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => PriceElasticity.Of([.. group]), StringComparer.Ordinal);

    private async Task<IReadOnlyList<GroupSums>> ReadAsync(
        DbConnection connection,
        MarketPart part,
        int version,
        CancellationToken cancellationToken
    ) =>
        await connection.ReadAsync(
            Script("groups", part),
            new
            {
                day,
                version,
                latest = day.AddDays(-Window),
                oldest = day.AddDays(-Oldest),
            },
            GroupSums.Read,
            cancellationToken
        );

    /// <summary>Whether the newest day says what is in stock: looking through all days takes long.</summary>
    private async Task<bool> KnowsStockAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.ScalarAsync<long>(
            """
            SELECT count(*) FROM (
              SELECT 1 FROM features_daily f
              WHERE f.feature_date = (SELECT max(feature_date) FROM features_daily WHERE feature_date <= @day)
                AND ((f.features ->> 'availability') IS NOT NULL OR (f.features ->> 'stock') IS NOT NULL)
              LIMIT 1
            ) s
            """,
            new { day },
            cancellationToken
        ) > 0;

    private async Task WriteAsync(
        DbConnection connection,
        IEnumerable<(MarketPart Part, MarketGroup Group)> rows,
        int version,
        CancellationToken cancellationToken
    )
    {
        await using var writer = await store.BeginBulkWriteAsync(connection, Groups.Name, Groups.Columns, cancellationToken);
        var batch = new RowBatch(Groups.Columns);
        foreach (var (part, group) in rows)
        {
            Fill(batch, batch.Count++, part, group, version);
            if (batch.IsFull)
            {
                await writer.WriteAsync(batch, cancellationToken);
                batch.Clear();
            }
        }

        await writer.WriteAsync(batch, cancellationToken);
        await writer.CompleteAsync(cancellationToken);
    }

    private void Fill(RowBatch batch, int row, MarketPart part, MarketGroup group, int version)
    {
        batch[0].Values<int>()[row] = (int)(Moment.Of(day) / Moment.Day);
        batch[1].Values<int>()[row] = version;
        batch[2].AsText().Set(row, NameOf(part).AsSpan());
        if (group.Name is { } name)
        {
            batch[3].AsText().Set(row, name.AsSpan());
        }
        else
        {
            batch[3].SetNull(row);
        }

        SalesTable.Set(batch[4], row, group.Units);
        SalesTable.Set(batch[5], row, group.Revenue);
        batch[6].AsText().Set(row, JsonSerializer.SerializeToUtf8Bytes(group, ResultJson.Options));
    }

    /// <summary>How a part is spelled in the table.</summary>
    public static string NameOf(MarketPart part) => part == MarketPart.Brand ? "brand" : "category";

    private string Script(string name, MarketPart part = default) =>
        SqlScript
            .Load(typeof(MarketSurvey).Assembly, $"Sales/Market/{name}.sql")
            .For(store.Dialect, new Dictionary<string, Func<string, string>> { ["part"] = _ => NameOf(part) });
}
