using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Tradepost.Storage.Retrying;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Retrying;

public sealed class ResilientHttpTests
{
    private static readonly RetryPolicy Policy = new(4, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));

    private readonly ManualTime time = new() { SkipsDelays = true };
    private readonly List<Retry> retries = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(408)]
    [InlineData(418)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_get_is_sent_again_after_a_passing_answer_and_a_post_is_not(int status)
    {
        using var get = new Answers((HttpStatusCode)status, (HttpStatusCode)status);
        using var post = new Answers((HttpStatusCode)status);

        (await SendAsync(get, HttpMethod.Get)).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(post, HttpMethod.Post)).ShouldBe((HttpStatusCode)status);

        get.Count.ShouldBe(3);
        post.Count.ShouldBe(1);
        retries
            .Select(retry => (retry.Attempt, retry.Pause.TotalSeconds, retry.Failure.Message))
            .ShouldBe([(1, 1, $"the answer was {status}"), (2, 2, $"the answer was {status}")]);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task An_answer_that_would_come_again_is_given_at_once(int status)
    {
        using var answers = new Answers((HttpStatusCode)status);

        (await SendAsync(answers, HttpMethod.Get)).ShouldBe((HttpStatusCode)status);
        answers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_never_reached_the_server_is_sent_again_whatever_it_is()
    {
        using var answers = new Answers(Refused(), Refused());

        (await SendAsync(answers, HttpMethod.Post)).ShouldBe(HttpStatusCode.OK);
        answers.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_may_have_arrived_is_sent_again_only_when_it_is_a_get()
    {
        using var get = new Answers(Lost());
        using var post = new Answers(Lost());

        (await SendAsync(get, HttpMethod.Get)).ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<HttpRequestException>(SendAsync(post, HttpMethod.Post));
        post.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_of_our_own_is_not_asked_for_twice()
    {
        using var answers = new Answers(
            new HttpRequestException(HttpRequestError.ConnectionError, "not there", new InvalidOperationException("refused here"))
        );

        await Should.ThrowAsync<HttpRequestException>(SendAsync(answers, HttpMethod.Post));
        answers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_says_how_long_is_left_alone_for_that_long()
    {
        using var answers = new Answers(
            Asking(new RetryConditionHeaderValue(TimeSpan.FromSeconds(90))),
            Asking(new RetryConditionHeaderValue(time.GetUtcNow().AddSeconds(150))),
            Asking(after: null)
        );

        (await SendAsync(answers, HttpMethod.Get)).ShouldBe(HttpStatusCode.OK);
        retries.Select(retry => retry.Pause.TotalSeconds).ShouldBe([90, 60, 4]);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_is_given_up_and_made_again()
    {
        var clock = new ManualTime();
        using var answers = new Answers(HttpStatusCode.OK) { Hangs = true };
        using var client = new HttpClient(
            ResilientHttp.Over(
                "test",
                answers,
                Policy with
                {
                    FirstPause = TimeSpan.Zero,
                    LongestPause = TimeSpan.Zero,
                },
                TimeSpan.FromSeconds(10),
                retries.Add,
                clock
            )
        );

        var sending = client.GetAsync(new Uri("http://example.com/"), Cancellation);
        await answers.Begun.Task.WaitAsync(Cancellation);
        clock.Advance(TimeSpan.FromSeconds(10));
        using var answer = await sending;

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answers.Count.ShouldBe(2);
    }

    private static HttpRequestException Refused() =>
        new(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused));

    private static HttpRequestException Lost() => new(HttpRequestError.ResponseEnded, "ended", new IOException("ended"));

    private static Func<HttpResponseMessage> Asking(RetryConditionHeaderValue? after) =>
        () => new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = after } };

    private async Task<HttpStatusCode> SendAsync(Answers answers, HttpMethod method)
    {
        using var client = new HttpClient(ResilientHttp.Over("test", answers, Policy, Timeout.InfiniteTimeSpan, retries.Add, time));
        using var request = new HttpRequestMessage(method, new Uri("http://example.com/"));
        using var answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    /// <summary>Gives what it was made with, a status, an exception or an answer, one after the other, and then 200.</summary>
    private sealed class Answers(params object[] answers) : HttpMessageHandler
    {
        /// <summary>Whether the first request is answered only by being given up.</summary>
        public bool Hangs { get; init; }

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Count { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            if (Hangs && Count == 1)
            {
                Begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return (Count > answers.Length ? HttpStatusCode.OK : answers[Count - 1]) switch
            {
                Exception e => throw e,
                Func<HttpResponseMessage> answer => answer(),
                var status => new HttpResponseMessage((HttpStatusCode)status),
            };
        }
    }
}
