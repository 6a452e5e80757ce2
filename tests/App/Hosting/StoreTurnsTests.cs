using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.Limits;
using Tradepost.Serving.Requests;

namespace Tradepost.App.Tests.Hosting;

public sealed class StoreTurnsTests : IAsyncDisposable
{
    private static readonly RouteTraits Read = new(Roles: null, RateClass.Read, NeedsStore: true);

    private readonly ConcurrencyLimiter limiter = new(new ConcurrencyLimiterOptions { PermitLimit = 2, QueueLimit = 2 });
    private readonly List<TaskCompletionSource> inside = [];
    private readonly StoreTurns turns;

    public StoreTurnsTests() =>
        turns = new StoreTurns(
            _ =>
            {
                inside.Add(new TaskCompletionSource());
                return inside[^1].Task;
            },
            limiter
        );

    [Fact]
    public async Task Reads_beyond_the_limit_wait_in_order_and_those_beyond_the_line_are_refused()
    {
        var waiting = Enumerable.Range(0, 4).Select(_ => turns.InvokeAsync(Request(Read))).ToList();

        var refused = await Should.ThrowAsync<ApiException>(() => turns.InvokeAsync(Request(Read)));
        inside.Count.ShouldBe(2);
        inside[0].SetResult();
        await waiting[0];
        await UntilAsync(() => inside.Count == 3);
        inside[1].SetException(new InvalidOperationException("the store said no"));
        await Should.ThrowAsync<InvalidOperationException>(() => waiting[1]);
        await UntilAsync(() => inside.Count == 4);

        (refused.Problem.Status, refused.Problem.RetryAfter > TimeSpan.Zero).ShouldBe((503, true));
        waiting[2].IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_reads_the_answer_slowly_holds_up_nobody()
    {
        var slow = Enumerable.Range(0, 2).Select(_ => Request(Read)).ToList();
        slow.ForEach(request => _ = turns.InvokeAsync(request));
        var next = turns.InvokeAsync(Request(Read));
        inside.Count.ShouldBe(2);

        await ((Answer)slow[0].Features.Get<IHttpResponseFeature>()!).StartAsync();

        await UntilAsync(() => inside.Count == 3);
        next.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void What_does_not_read_the_store_or_waits_for_what_comes_does_not_wait_for_a_turn()
    {
        HttpContext[] others =
        [
            Request(Read, method: "POST"),
            Request(Read, method: "DELETE"),
            Request(Read with { NeedsStore = false }),
            Request(Read with { Rate = RateClass.Query }),
            Request(Read, new EventStream(), accept: EventStream.MediaType),
            new DefaultHttpContext(),
        ];

        others.ToList().ForEach(request => _ = turns.InvokeAsync(request));

        inside.Count.ShouldBe(others.Length);
    }

    public ValueTask DisposeAsync() => limiter.DisposeAsync();

    private static DefaultHttpContext Request(RouteTraits traits, EventStream? stream = null, string method = "GET", string? accept = null)
    {
        var request = new DefaultHttpContext { Request = { Method = method, Headers = { Accept = accept } } };
        request.Features.Set<IHttpResponseFeature>(new Answer());
        request.SetEndpoint(
            new Endpoint(
                null,
                stream is null ? new EndpointMetadataCollection(traits) : new EndpointMetadataCollection(traits, stream),
                "a route"
            )
        );
        return request;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    private sealed class Answer : HttpResponseFeature
    {
        private readonly List<Func<Task>> starting = [];

        public override void OnStarting(Func<object, Task> callback, object state) => starting.Add(() => callback(state));

        public Task StartAsync() => Task.WhenAll(starting.Select(call => call()));
    }
}
