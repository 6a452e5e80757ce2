using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Tradepost.Benchmarks.Api;
using Tradepost.Benchmarks.Bulk;
using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Storage;

namespace Tradepost.Benchmarks.Returns;

/// <summary>The newest predictions and features over HTTP, beside FastAPI with the same rows in PostgreSQL.</summary>
internal sealed class AnswerComparison(Bench bench, Servers servers, string data)
{
    private const string Database = "answers";
    private const int Hours = 4;

    private static readonly string[] Paths = ["/predictions/latest?limit=100", "/features/latest?limit=100"];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await PredictAsync(cancellationToken);
        var ours = await HttpServers.StartTradepostAsync(bench, data, cancellationToken);
        try
        {
            await CopyRowsAsync(ours, cancellationToken);
        }
        catch
        {
            ours.Dispose();
            throw;
        }

        var url = $"postgresql://bench@{bench.Postgres}/{Database}";
        HttpServer[] all = [ours, .. await HttpServers.StartPeersAsync(bench, url, cancellationToken)];
        await CompareAsync(all, cancellationToken);
        await new HttpComparison(bench, Paths).RunAsync(all, cancellationToken);
        bench.Notes.Add(
            "Newest predictions and features: 100 rows of 11 and of 59 values; ours from the embedded store, FastAPI's from PostgreSQL by psycopg2 with an index on the time."
        );
    }

    /// <summary>Predictions of the last hours, each known of nothing later.</summary>
    private async Task PredictAsync(CancellationToken cancellationToken)
    {
        var program = new CommandLine(bench, new Dictionary<string, string?> { ["TRADEPOST_DATA"] = data });
        var (_, newest) = await program.RunAsync(cancellationToken, "trading", "predict");
        var last = newest.GetProperty("items")[0].GetProperty("feature_time").GetDateTime();
        for (var hour = 1; hour < Hours; hour++)
        {
            var until = last.AddHours(-hour).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
            await program.RunAsync(cancellationToken, "trading", "predict", "--until", until);
        }
    }

    private async Task CopyRowsAsync(HttpServer ours, CancellationToken cancellationToken)
    {
        await servers.RenewPostgresAsync(Database, cancellationToken);
        await using var store = Loads.Open(bench.PostgresUrl(Database));
        await using var connection = await store.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            CREATE TABLE predictions (model text, version integer, symbol text, horizon integer, feature_time timestamp, made_at timestamp,
              target_time timestamp, value double precision, lower double precision, upper double precision, actual double precision);
            CREATE INDEX predictions_time ON predictions (feature_time);
            CREATE TABLE features (symbol text, feature_time timestamp, close double precision, is_whole boolean, features jsonb);
            CREATE INDEX features_time ON features (feature_time)
            """,
            null,
            cancellationToken
        );
        foreach (var table in (string[])["predictions", "features"])
        {
            var items = (await GetAsync(ours, $"/{table}/latest?limit=1000", cancellationToken)).GetProperty("items").GetRawText();
            await connection.ExecuteAsync(
                $"INSERT INTO {table} SELECT * FROM json_populate_recordset(NULL::{table}, CAST(@items AS json)); ANALYZE {table}",
                new { items },
                cancellationToken
            );
        }
    }

    private static async Task CompareAsync(HttpServer[] all, CancellationToken cancellationToken)
    {
        foreach (var path in Paths)
        {
            var counts = new List<int>();
            foreach (var server in all)
            {
                counts.Add((await GetAsync(server, path, cancellationToken)).GetProperty("items").GetArrayLength());
            }

            if (counts.Distinct().Count() > 1 || counts[0] != 100)
            {
                throw new BenchmarkException($"{path} should have 100 rows everywhere; it has {string.Join(", ", counts)}.");
            }
        }
    }

    private static async Task<JsonElement> GetAsync(HttpServer server, string path, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
        return JsonDocument.Parse(await client.GetStringAsync(server.Address + path, cancellationToken)).RootElement;
    }
}
