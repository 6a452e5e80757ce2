using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Api;

/// <summary>
/// Requests a second of <c>GET /health/live</c> and of a small read that checks a token, by wrk, beside FastAPI on uvicorn with
/// the same two answers (peer.py): as the distribution installs it, and with the faster loop and parser that can be added.
/// </summary>
internal sealed class ApiBenchmark(Bench bench)
{
    private static readonly string[] Paths = ["/health/live", "/api/v1/auth/me"];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        HttpServer[] servers =
        [
            await HttpServers.StartTradepostAsync(bench, Path.Combine(bench.Folder, "api"), cancellationToken),
            .. await HttpServers.StartPeersAsync(bench, database: "", cancellationToken),
        ];
        await new HttpComparison(bench, Paths).RunAsync(servers, cancellationToken);
    }
}
