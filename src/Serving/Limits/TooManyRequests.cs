using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Tradepost.Serving.Errors;

namespace Tradepost.Serving.Limits;

/// <summary>Refuses a request over the limit with the time after which the next one is let through.</summary>
internal static class TooManyRequests
{
    private static readonly TimeSpan Fallback = TimeSpan.FromSeconds(60);

    public static ValueTask RefuseAsync(OnRejectedContext rejected, CancellationToken cancellationToken) =>
        throw new ApiException(
            429,
            "Too many requests; the header Retry-After says when to go on.",
            retryAfter: rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var pause) ? pause : Fallback
        );
}
