using System.Data.Common;
using System.Globalization;
using Tradepost.Retail.Sources;
using Tradepost.Storage;

namespace Tradepost.Retail.Etl;

/// <summary>
/// What the last run left staged, as sums, for as long as nobody else wrote to the staging tables: PostgreSQL would spend more
/// on summing them than on all the rest of an incremental run.
/// </summary>
internal sealed class StagedSums(Store store)
{
    private static readonly IReadOnlyList<SourceTable> Tables = [.. Shop.Tables.Where(table => !table.IsReadWhole)];

    private readonly TableWrites writes = new(store, "staging", [.. Tables.Select(table => table.Staging), "etl_rejects"]);

    /// <summary>The sums by table, or null when the tables themselves have to be asked.</summary>
    public async Task<IReadOnlyDictionary<SourceTable, BucketSums>?> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (!await writes.AreOursAsync(connection, cancellationToken))
        {
            return null;
        }

        var texts = (await connection.ReadAsync("SELECT name, value FROM etl_state WHERE name LIKE '%.sums'", row => (Name: row.GetString(0), Text: row.GetString(1)), cancellationToken))
            .ToDictionary(row => row.Name, row => row.Text, StringComparer.Ordinal);
        return Tables.All(table => texts.ContainsKey(StateName(table))) ? Tables.ToDictionary(table => table, table => Parse(texts[StateName(table)])) : null;
    }

    /// <summary>
    /// Keeps the sums of a run that was committed. Rows that a user mended differ from the source's on purpose, and are summed
    /// every time.
    /// </summary>
    public async Task RememberAsync(DbConnection connection, IReadOnlyList<TableLoad> loads, CancellationToken cancellationToken)
    {
        if (!await TableWrites.IsCountedAsync(store, connection, cancellationToken))
        {
            return;
        }

        var sums = Tables.Select(table => (Table: table, Sums: loads.Single(load => load.Table == table).After)).ToList();
        if (sums.Any(entry => entry.Sums is null) || await connection.ScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM etl_rejects WHERE replayed_at IS NOT NULL)", null, cancellationToken))
        {
            await connection.ExecuteAsync("DELETE FROM etl_state WHERE name LIKE '%.sums'", null, cancellationToken);
            return;
        }

        var names = sums.Select(entry => StateName(entry.Table)).ToArray();
        var texts = sums.Select(entry => Format(entry.Sums!)).ToArray();
        await connection.ExecuteAsync(
            """
            INSERT INTO etl_state (name, value) SELECT name, value FROM unnest(@names, @texts) AS t(name, value)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE etl_state.value <> excluded.value
            """,
            new { names, texts }, cancellationToken);
        await writes.RememberAsync(connection, cancellationToken);
    }

    private static string StateName(SourceTable table) => $"{table.Staging}.sums";

    private static string Format(BucketSums sums) => string.Join(
        '\n', sums.All.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value.Rows} {entry.Value.Money} {entry.Value.Hash}")));

    private static BucketSums Parse(string text)
    {
        var sums = new BucketSums();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ');
            sums.Add(
                int.Parse(parts[0], CultureInfo.InvariantCulture),
                new BucketSum(long.Parse(parts[1], CultureInfo.InvariantCulture), decimal.Parse(parts[2], CultureInfo.InvariantCulture), long.Parse(parts[3], CultureInfo.InvariantCulture)));
        }

        return sums;
    }
}
