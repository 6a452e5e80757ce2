using System.Data.Common;
using System.Text.Json.Nodes;
using Dapper;
using Tradepost.Marketplace.Loading;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Marketplace.Monitoring;

/// <summary>
/// Brings the store to where a journal is. Its place in the journal is written in the transaction of the rows, so that nothing is missing
/// and nothing twice whenever it is stopped.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="source">The source; its fields say which values are numbers.</param>
/// <param name="day">The day.</param>
/// <param name="time">The clock.</param>
internal sealed class FollowingStore(Store store, WatchSource source, DateOnly day, TimeProvider time)
{
    private static readonly IReadOnlyList<Column> ProductColumns =
    [
        .. ListingColumns.Always,
        ListingColumns.SeenAt,
        ListingColumns.Title,
        ListingColumns.Brand,
        ListingColumns.Category,
    ];

    private static readonly IReadOnlyList<Column> OfferColumns =
    [
        .. ListingColumns.Always,
        ListingColumns.SeenAt,
        ListingColumns.MerchantId,
        ListingColumns.Merchant,
        ListingColumns.Price,
        ListingColumns.Availability,
        ListingColumns.DeliveryDays,
    ];

    private readonly HashSet<string> numbers = [.. source.Fields.Where(field => field.IsNumber).Select(field => field.Name)];
    private readonly DateTime midnight = day.ToDateTime(TimeOnly.MinValue);

    /// <summary>Called in each transaction before it is committed.</summary>
    public Func<DbConnection, CancellationToken, Task> Fence { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Whether the store has the whole day.</summary>
    public async Task<bool> IsCompleteAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<bool?>(
                "SELECT is_complete FROM collections WHERE source = @Name AND feature_date = @midnight",
                new { source.Name, midnight }
            ) == true;
    }

    /// <summary>Products of the day that the store has from this source.</summary>
    public async Task<long> ProductsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<long>(
            "SELECT products FROM collections WHERE source = @Name AND feature_date = @midnight",
            new { source.Name, midnight }
        );
    }

    /// <summary>Writes what the journal has and the store has not.</summary>
    /// <param name="journal">The file.</param>
    /// <param name="isComplete">Whether the day is complete with it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task CatchUpAsync(string journal, bool isComplete, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var place = await connection.QuerySingleOrDefaultAsync<long>(
            "SELECT requests FROM collections WHERE source = @Name AND feature_date = @midnight",
            new { source.Name, midnight },
            transaction
        );
        var collected = Journal.Read(journal, place).ToList();
        var products = collected.SelectMany(one => one.Seen.Select(product => new SeenAt(one.At, product))).ToList();
        if (products.Count > 0)
        {
            await WriteAsync(connection, ListingKind.Products, ProductColumns, products, WriteProduct, cancellationToken);
            var offers = products.SelectMany(product => product.Product.Offers.Select(offer => new OfferAt(product, offer))).ToList();
            await WriteAsync(connection, ListingKind.Offers, OfferColumns, offers, WriteOffer, cancellationToken);
        }

        await connection.ExecuteAsync(
            """
            INSERT INTO collections (source, feature_date, requests, products, is_complete, updated_at)
            VALUES (@Name, @midnight, @requests, @products, @isComplete, @now)
            ON CONFLICT (source, feature_date) DO UPDATE SET requests = excluded.requests,
              products = collections.products + excluded.products, is_complete = excluded.is_complete, updated_at = excluded.updated_at
            """,
            new
            {
                source.Name,
                midnight,
                requests = place + collected.Count,
                products = (long)products.Count,
                isComplete,
                now = time.UtcMoment(),
            },
            transaction
        );
        await Fence(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Sets a day's file beside what the store has of its products on that day.</summary>
    public async Task<CollectionComparison> CompareAsync(string journal, CancellationToken cancellationToken)
    {
        // Of a product that was seen twice the last one counts.
        var file = new Dictionary<string, CollectedProduct>(StringComparer.Ordinal);
        foreach (var product in Journal.Read(journal, 0).SelectMany(collected => collected.Seen))
        {
            file[product.Sku] = product;
        }

        var (inStore, differing) = (0L, 0L);
        await using var connection = await store.OpenAsync(cancellationToken);
        foreach (var skus in file.Keys.Chunk(1000))
        {
            var stored = await connection.QueryAsync<(string Sku, string Features)>(
                $"SELECT sku, CAST(features AS text) FROM features_daily WHERE feature_date = @midnight AND sku IN ({string.Join(", ", skus.Select(Storage.Dialects.Sql.Literal))})",
                new { midnight }
            );
            foreach (var (sku, features) in stored)
            {
                inStore++;
                differing += IsSame(FeaturesOf(file[sku]), JsonNode.Parse(features)!.AsObject()) ? 0 : 1;
            }
        }

        return new CollectionComparison(file.Count, inStore, differing);
    }

    // The store may know more of the day: from offers, and from files that were loaded.
    private static bool IsSame(JsonObject seen, JsonObject stored) =>
        seen.All(one => stored.TryGetPropertyValue(one.Key, out var other) && Text(one.Value) == Text(other));

    private static string Text(JsonNode? value) =>
        value is JsonValue && decimal.TryParse(value.ToString(), out var number)
            ? number.ToString("0.############################")
            : $"{value}";

    private JsonObject FeaturesOf(CollectedProduct product)
    {
        var features = new JsonObject();
        foreach (var (name, value) in product.Values)
        {
            if (name is not ("title" or "brand" or "category"))
            {
                features[name] = numbers.Contains(name) && decimal.TryParse(value, out var number) ? number : value;
            }
        }

        return features;
    }

    private async Task WriteAsync<T>(
        DbConnection connection,
        ListingKind kind,
        IReadOnlyList<Column> columns,
        IReadOnlyList<T> rows,
        Action<RowBatch, int, T> write,
        CancellationToken cancellationToken
    )
    {
        if (rows.Count == 0)
        {
            return;
        }

        var (today, place) = ((int)(Moment.Of(day) / Moment.Day), 0L);
        var listing = new ListingWrite(store, new RowShape(kind, columns), (today, today));
        await listing.WriteAsync(connection, Batches().ToAsyncEnumerable(), cancellationToken);

        IEnumerable<RowBatch> Batches()
        {
            var batch = new RowBatch(columns);
            foreach (var row in rows)
            {
                var at = batch.Count++;
                batch[1].Values<int>()[at] = today;
                batch[3].Values<long>()[at] = place++;
                write(batch, at, row);
                if (batch.IsFull)
                {
                    yield return batch;
                    batch = new RowBatch(columns);
                }
            }

            if (batch.Count > 0)
            {
                yield return batch;
            }
        }
    }

    private void WriteProduct(RowBatch batch, int row, SeenAt seen)
    {
        batch[0].AsText().Set(row, seen.Product.Sku);
        batch[2].AsText().Set(row, FeaturesOf(seen.Product).ToJsonString());
        batch[4].Values<long>()[row] = Moment.Of(seen.At);
        Set(batch, 5, row, seen.Product.Values.GetValueOrDefault("title"));
        Set(batch, 6, row, seen.Product.Values.GetValueOrDefault("brand"));
        Set(batch, 7, row, seen.Product.Values.GetValueOrDefault("category"));
    }

    private static void WriteOffer(RowBatch batch, int row, OfferAt one)
    {
        batch[0].AsText().Set(row, one.Seen.Product.Sku);
        batch[2].SetNull(row);
        batch[4].Values<long>()[row] = Moment.Of(one.Seen.At);
        var merchant = one.Offer.GetValueOrDefault("merchant") ?? "";
        Set(batch, 5, row, merchant);
        Set(batch, 6, row, merchant);
        batch[7].Values<long>()[row] = (long)decimal.Round(decimal.Parse(one.Offer["price"]) * 100);
        Set(batch, 8, row, one.Offer.GetValueOrDefault("availability"));
        if (one.Offer.TryGetValue("delivery_days", out var days) && decimal.TryParse(days, out var number))
        {
            batch[9].Values<int>()[row] = (int)number;
        }
        else
        {
            batch[9].SetNull(row);
        }
    }

    private static void Set(RowBatch batch, int column, int row, string? value)
    {
        if (value is null)
        {
            batch[column].SetNull(row);
        }
        else
        {
            batch[column].AsText().Set(row, value);
        }
    }

    private readonly record struct SeenAt(DateTime At, CollectedProduct Product);

    private readonly record struct OfferAt(SeenAt Seen, IReadOnlyDictionary<string, string> Offer);
}
