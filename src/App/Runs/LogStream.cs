using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Tradepost.Jobs.Workers;
using Tradepost.Serving.Errors;

namespace Tradepost.App.Runs;

/// <summary>A run's log as server-sent events: <c>line</c> for each line, then one <c>end</c> with the run.</summary>
internal sealed class LogStream(RunService runs, IHostApplicationLifetime lifetime)
{
    private const string ResumeHeader = "Last-Event-ID";

    /// <summary>The number behind which to go on: what a client that was cut off has seen last, or what it asks for.</summary>
    public static long Start(HttpContext context, long asked)
    {
        var header = context.Request.Headers[ResumeHeader];
        return header.Count == 0 ? asked
            : header is [{ } text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen
            : throw ApiException.Invalid(ResumeHeader, $"{ResumeHeader} is the number of a line, as the stream gave it.");
    }

    public async IAsyncEnumerable<SseItem<object>> FollowAsync(
        Guid id,
        long after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // A server that stops does not wait for those who listen; they come back with Last-Event-ID.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await foreach (var line in runs.FollowAsync(id, after, end.Token))
        {
            yield return new SseItem<object>(line, "line") { EventId = line.Number.ToString() };
        }

        yield return new SseItem<object>(await runs.GetAsync(id, end.Token), "end");
    }
}
