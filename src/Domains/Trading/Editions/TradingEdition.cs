using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.Trading.Editions;

/// <summary>Notes that what is shown has changed, so that answers can be kept until then.</summary>
internal static class TradingEdition
{
    public const string Features = "features";
    public const string Training = "training";
    public const string Predictions = "predictions";

    /// <summary>Begins another edition of one of them, within the transaction that publishes it.</summary>
    public static Task RenewAsync(DbConnection connection, string name, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            "UPDATE trading_editions SET edition = @edition WHERE name = @name",
            new { edition = Guid.NewGuid().ToString(), name },
            cancellationToken
        );

    /// <summary>The present editions, as one text.</summary>
    public static async Task<string> FindAsync(Store store, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var editions = await connection.ReadAsync(
            "SELECT edition FROM trading_editions ORDER BY name",
            row => row.GetString(0),
            cancellationToken
        );
        return string.Join(' ', editions);
    }
}
