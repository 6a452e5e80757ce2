using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Generation;

/// <summary>Makes a sample shop: equal options make equal rows, wherever they are written.</summary>
internal sealed class ShopGenerator(ShopOptions options, TimeProvider time)
{
    /// <summary>Writes the shop into a target, its four databases side by side.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="force">Whether tables that were not generated may be replaced.</param>
    /// <param name="cancellationToken">Stops between two batches; the target is then incomplete and says so.</param>
    public async Task<GenerateResult> GenerateAsync(ShopTarget target, bool force, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var dirt = new Dirt(options.Seed, options.DirtyShare);
        var rows = new ShopRows(new GeneratedShop(options), dirt);
        await target.CheckAsync(force, cancellationToken);
        var counts = await FillAsync(target, rows, cancellationToken);
        target.Publish();
        return new GenerateResult(Count(counts), dirt.Counts, time.GetElapsedTime(started).TotalSeconds);
    }

    private async Task<Dictionary<string, long>> FillAsync(ShopTarget target, ShopRows rows, CancellationToken cancellationToken)
    {
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var counts = await Task.WhenAll(
                ShopTable.Databases.Select(database =>
                    Task.Run(() => FillOrStopOthersAsync(target, database, rows, failure), cancellationToken)
                )
            );
            return counts.SelectMany(c => c).ToDictionary();
        }
        catch
        {
            target.Discard();
            throw;
        }
    }

    private async Task<Dictionary<string, long>> FillOrStopOthersAsync(
        ShopTarget target,
        string database,
        ShopRows rows,
        CancellationTokenSource failure
    )
    {
        try
        {
            return await FillAsync(target, database, rows, failure.Token);
        }
        catch
        {
            await failure.CancelAsync();
            throw;
        }
    }

    private async Task<Dictionary<string, long>> FillAsync(
        ShopTarget target,
        string database,
        ShopRows rows,
        CancellationToken cancellationToken
    )
    {
        await using var writer = await target.CreateAsync(database, options, cancellationToken);
        var counts = new Dictionary<string, long>();
        foreach (var table in ShopTable.Of(database))
        {
            counts[table.Name] = await FillAsync(writer, table, rows, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
        return counts;
    }

    private static async Task<long> FillAsync(ShopWriter writer, Table table, ShopRows rows, CancellationToken cancellationToken)
    {
        await using var bulk = await writer.BeginAsync(table, cancellationToken);
        foreach (var batch in rows.Of(table))
        {
            await bulk.WriteAsync(batch, cancellationToken);
        }

        return await bulk.CompleteAsync(cancellationToken);
    }

    private static ShopCounts Count(Dictionary<string, long> rows) =>
        new()
        {
            Regions = rows["regions"],
            Categories = rows["categories"],
            Products = rows["products"],
            Employees = rows["employees"],
            Managers = GeneratedShop.Managers,
            Customers = rows["customers"],
            Orders = rows["orders"],
            OrderItems = rows["order_items"],
            Payments = rows["payments"],
            Users = rows["users"],
            Roles = rows["roles"],
        };
}
