using System.Data.Common;
using System.Globalization;
using Tradepost.Retail.Sources;
using Tradepost.Storage;

namespace Tradepost.Retail.Etl;

/// <summary>
/// What the last run left staged, as sums, for as long as nobody else wrote to the staging tables: summing them takes a good
/// part of an incremental run, on PostgreSQL most of it.
/// </summary>
internal sealed class StagedSums(Store store)
{
    private static readonly IReadOnlyList<SourceTable> Tables = [.. Shop.Tables.Where(table => !table.IsReadWhole)];

    private static readonly IReadOnlyList<string> Watched = [.. Tables.Select(table => table.Staging), "etl_rejects"];

    private readonly TableWrites writes = new(store, "staging", Watched);

    /// <summary>The sums by table, or null when the tables themselves have to be asked.</summary>
    public async Task<IReadOnlyDictionary<SourceTable, BucketSums>?> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (!await writes.AreOursAsync(connection, cancellationToken))
        {
            return null;
        }

        var texts = await TextsAsync(connection, cancellationToken);
        return Tables.All(table => texts.ContainsKey(StateName(table)))
            ? Tables.ToDictionary(table => table, table => Parse(texts[StateName(table)]))
            : null;
    }

    /// <summary>
    /// Keeps the sums of a run that was committed. Rows that a user mended differ from the source's on purpose, and are summed
    /// every time.
    /// </summary>
    public async Task RememberAsync(DbConnection connection, IReadOnlyList<TableLoad> loads, CancellationToken cancellationToken)
    {
        if (!await writes.AreKnownAsync(connection, cancellationToken))
        {
            return;
        }

        var sums = Tables.Select(table => (Table: table, Sums: loads.Single(load => load.Table == table).After)).ToList();
        if (
            sums.Any(entry => entry.Sums is null)
            || await connection.ScalarAsync<bool>(
                "SELECT EXISTS (SELECT 1 FROM etl_rejects WHERE replayed_at IS NOT NULL)",
                null,
                cancellationToken
            )
        )
        {
            await connection.ExecuteAsync("DELETE FROM etl_state WHERE name LIKE '%.sums'", null, cancellationToken);
            return;
        }

        await KeepAsync(connection, sums.ToDictionary(entry => StateName(entry.Table), entry => Format(entry.Sums!)), cancellationToken);
        await writes.RememberAsync(connection, cancellationToken);
    }

    private async Task<IReadOnlyDictionary<string, string>> TextsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        store.Notes is { } notes
            ? Tables
                .Select(table => (Name: StateName(table), Text: notes.Find(StateName(table))))
                .Where(note => note.Text is not null)
                .ToDictionary(note => note.Name, note => note.Text ?? "")
            : (
                await connection.ReadAsync(
                    "SELECT name, value FROM etl_state WHERE name LIKE '%.sums'",
                    row => (Name: row.GetString(0), Text: row.GetString(1)),
                    cancellationToken
                )
            ).ToDictionary(row => row.Name, row => row.Text);

    private async Task KeepAsync(DbConnection connection, Dictionary<string, string> texts, CancellationToken cancellationToken)
    {
        if (store.Notes is { } notes)
        {
            foreach (var (name, text) in texts)
            {
                notes.Keep(name, Watched, text);
            }

            return;
        }

        await connection.ExecuteAsync(
            """
            INSERT INTO etl_state (name, value) SELECT name, value FROM unnest(@names, @values) AS t(name, value)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE etl_state.value <> excluded.value
            """,
            new { names = texts.Keys.ToArray(), values = texts.Values.ToArray() },
            cancellationToken
        );
    }

    private static string StateName(SourceTable table) => $"{table.Staging}.sums";

    private static string Format(BucketSums sums) =>
        string.Join('\n', sums.All.Select(entry => $"{entry.Key} {entry.Value.Rows} {entry.Value.Money} {entry.Value.Hash}"));

    private static BucketSums Parse(string text)
    {
        var sums = new BucketSums();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ');
            sums.Add(
                int.Parse(parts[0], CultureInfo.InvariantCulture),
                new BucketSum(
                    long.Parse(parts[1], CultureInfo.InvariantCulture),
                    decimal.Parse(parts[2], CultureInfo.InvariantCulture),
                    long.Parse(parts[3], CultureInfo.InvariantCulture)
                )
            );
        }

        return sums;
    }
}
