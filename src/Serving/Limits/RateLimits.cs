using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradepost.Serving.Callers;
using Tradepost.Storage.Connections;

namespace Tradepost.Serving.Limits;

/// <summary>Requests a minute that one client may send to one route.</summary>
/// <param name="Reads">Reads; writes and queries are a part of it.</param>
internal sealed record RateLimits(int Reads)
{
    private const int DefaultReads = 1200;
    private const int MostReads = 1_000_000_000;
    private const int WritesShare = 5;
    private const int QueriesShare = 20;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Sign-ins are dear to the server and cheap to whoever guesses passwords.</summary>
    public int SignIns { get; init; } = 20;

    public static RateLimits From(Settings settings) => new(settings.FindNumber(SettingNames.RateLimit, 1, MostReads) ?? DefaultReads);

    public PartitionedRateLimiter<HttpContext> Create() =>
        PartitionedRateLimiter.Create<HttpContext, Key>(context =>
        {
            var endpoint = context.GetEndpoint();
            var kind = endpoint?.Metadata.GetMetadata<RouteTraits>()?.Rate ?? RateClass.Read;
            return kind == RateClass.Free
                ? RateLimitPartition.GetNoLimiter(default(Key))
                : RateLimitPartition.GetFixedWindowLimiter(
                    new Key(ClientOf(context), (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "", kind),
                    key => new FixedWindowRateLimiterOptions
                    {
                        PermitLimit = PermitsOf(key.Kind),
                        Window = Window,
                        QueueLimit = 0,
                        AutoReplenishment = true,
                    }
                );
        });

    private int PermitsOf(RateClass kind) =>
        kind switch
        {
            RateClass.Write => Math.Max(1, Reads / WritesShare),
            RateClass.Query => Math.Max(1, Reads / QueriesShare),
            RateClass.SignIn => SignIns,
            _ => Reads,
        };

    private static object ClientOf(HttpContext context) =>
        context.FindCaller() is { } caller ? caller.UserId : ClientNetwork.Of(context.Connection.RemoteIpAddress);

    private readonly record struct Key(object Client, string Route, RateClass Kind);
}
