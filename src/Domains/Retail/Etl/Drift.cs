using Tradepost.Storage;

namespace Tradepost.Retail.Etl;

/// <summary>Finds where the fact table is not what the last run left: its blocks are derived again, whatever the sources say.</summary>
internal sealed class Drift(Store store)
{
    public async Task<IReadOnlyCollection<long>> FindAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        if (await TableWrites.OfFacts(store).AreOursAsync(connection, cancellationToken))
        {
            return [];
        }

        var scripts = new StarScripts(store, connection, new RunScope { AllOrders = true, AllCustomers = true });
        return await connection.ReadAsync(scripts.Text("drift"), row => row.GetInt64(0), cancellationToken);
    }
}
