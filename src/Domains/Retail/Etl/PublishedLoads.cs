using System.Data.Common;
using System.Text.Json;
using Tradepost.Arguments;
using Tradepost.Storage;

namespace Tradepost.Retail.Etl;

/// <summary>What was loaded into the warehouse, newest first.</summary>
public static class PublishedLoads
{
    public static async Task<IReadOnlyList<PublishedLoad>> ListAsync(Store store, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            "SELECT run_id, mode, from_at, to_at, started_at, finished_at, status, CAST(result AS text) FROM etl_runs ORDER BY "
                + "started_at DESC LIMIT @limit",
            new { limit },
            row =>
                WithResult(
                    new PublishedLoad(
                        row.GetString(0),
                        row.GetString(1),
                        Moment(row, 2),
                        Moment(row, 3),
                        row.GetDateTime(4),
                        Moment(row, 5),
                        row.GetString(6),
                        Result: null
                    ),
                    row.IsDBNull(7) ? null : row.GetString(7)
                ),
            cancellationToken
        );
    }

    private static DateTime? Moment(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);

    private static PublishedLoad WithResult(PublishedLoad load, string? json)
    {
        if (json is null)
        {
            return load;
        }

        using var document = JsonDocument.Parse(json);
        return load with
        {
            Result = document.RootElement.TryGetProperty("tables", out _)
                ? document.Deserialize<EtlResult>(ResultJson.Options)
                : OfTables(load, document.Deserialize<Dictionary<string, TableResult>>()!), // an object
        };
    }

    /// <summary>Former versions kept the tables only.</summary>
    private static EtlResult OfTables(PublishedLoad load, Dictionary<string, TableResult> tables)
    {
        var read = tables.Where(table => table.Key != "fact_sales").Select(table => table.Value).ToList();
        return new EtlResult
        {
            RunId = load.RunId,
            Status = load.Status,
            Mode = Enum.Parse<EtlMode>(load.Mode, ignoreCase: true),
            From = load.From,
            To = load.To,
            RowsRead = read.Sum(table => table.Read),
            RowsLoaded = read.Sum(table => table.Loaded),
            Rejected = read.Sum(table => table.Rejected),
            Deleted = read.Sum(table => table.Deleted),
            Differing = read.Sum(table => table.Differing),
            Seconds = load.FinishedAt is { } finished ? (finished - load.StartedAt).TotalSeconds : double.NaN,
            Watermark = null,
            Tables = tables,
            Steps = new Dictionary<string, double>(),
        };
    }
}
