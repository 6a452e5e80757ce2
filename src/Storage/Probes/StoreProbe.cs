using DuckDB.NET.Native;

namespace Tradepost.Storage.Probes;

/// <summary>What a store says of itself.</summary>
/// <param name="Version">Of the server or the native library.</param>
/// <param name="Latency">Of one small question and its answer.</param>
/// <param name="Clock">The server's clock, in UTC; an embedded store has this machine's.</param>
public sealed record StoreProbe(string Version, TimeSpan Latency, DateTime Clock)
{
    /// <summary>The version of the native DuckDB library; loading it throws where it is missing or does not fit.</summary>
    public static string EmbeddedVersion() => NativeMethods.Startup.DuckDBLibraryVersion();

    public static async Task<StoreProbe> OfAsync(Store store, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var question = store is DuckDbStore ? "SELECT 0.0" : "SELECT EXTRACT(epoch FROM clock_timestamp())::double precision";
        _ = await connection.ScalarAsync<double>(question, parameters: null, cancellationToken); // the first warms the connection up
        var started = time.GetTimestamp();
        var seconds = await connection.ScalarAsync<double>(question, parameters: null, cancellationToken);
        var latency = time.GetElapsedTime(started);
        return new StoreProbe(
            connection.ServerVersion,
            latency,
            store is DuckDbStore ? time.GetUtcNow().UtcDateTime : DateTime.UnixEpoch.AddSeconds(seconds)
        );
    }
}
