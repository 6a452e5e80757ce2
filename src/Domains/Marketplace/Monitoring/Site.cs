using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Polly.Timeout;
using Tradepost.Storage.Retrying;

namespace Tradepost.Marketplace.Monitoring;

/// <summary>
/// Asks sites for pages: so many requests a second and at a time to one host, what robots.txt allows, again after 429 and 5xx when the site
/// says or later and later. Redirects are followed within the site's robots too; an answer over 16 MB is none.
/// </summary>
internal sealed class Site : IAnswers
{
    private const long LongestAnswer = 16 << 20;
    private const int LongestRobots = 500 << 10;
    private const int MostRedirects = 5;

    private readonly WatchSource source;
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly ConcurrentDictionary<string, Host> hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A client of a source's sites.</summary>
    /// <param name="source">The source.</param>
    /// <param name="time">The clock of pauses.</param>
    /// <param name="onRetry">Told before each pause after an answer that was none.</param>
    public Site(WatchSource source, TimeProvider time, Action<Retry> onRetry)
    {
        (this.source, this.time) = (source, time);
        var policy = new RetryPolicy(source.Politeness.Tries, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)) { Jitter = 0.5 };
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        http = new HttpClient(ResilientHttp.Over("marketplace.page", sockets, policy, source.Politeness.Limit, onRetry, time))
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task<byte[]?> GetAsync(AskedPage page, CancellationToken cancellationToken)
    {
        var (address, body) = (page.Address, page.Body);
        for (var redirects = 0; ; redirects++)
        {
            var host = hosts.GetOrAdd(address.Authority, _ => new Host(source.Politeness));
            await LookAtRobotsAsync(host, address, cancellationToken);
            await host.EnterAsync(time, cancellationToken);
            try
            {
                using var request = RequestFor(address, body);
                using var response = await SendAsync(request, cancellationToken);
                if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
                {
                    return null;
                }

                if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
                {
                    return await ReadAsync(page, response, cancellationToken);
                }

                if (redirects == MostRedirects)
                {
                    throw new NoAnswerException($"{page.Address} leads from one address to the next");
                }

                address = new Uri(address, location);
                if (address.Scheme != page.Address.Scheme && address.Scheme != Uri.UriSchemeHttps)
                {
                    throw new NoAnswerException($"{page.Address} leads to {address}, which is not asked");
                }
            }
            finally
            {
                host.Leave();
            }
        }
    }

    public void Dispose()
    {
        http.Dispose();
        foreach (var host in hosts.Values)
        {
            host.Dispose();
        }
    }

    private static bool IsRedirect(HttpStatusCode status) =>
        status
            is HttpStatusCode.Moved
                or HttpStatusCode.Found
                or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect
                or HttpStatusCode.PermanentRedirect;

    private HttpRequestMessage RequestFor(Uri address, string? body)
    {
        var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, address);
        request.Headers.TryAddWithoutValidation("User-Agent", source.Politeness.UserAgent);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        foreach (var (name, value) in source.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException)
        {
            throw new NoAnswerException(
                e is TimeoutRejectedException
                    ? $"{request.RequestUri} did not answer within {source.Politeness.Limit.TotalSeconds:0.#} s"
                    : $"{request.RequestUri} cannot be reached ({e.GetBaseException().Message.TrimEnd('.')})",
                e
            );
        }
    }

    private async Task<byte[]> ReadAsync(AskedPage page, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new NoAnswerException($"{page.Address} answers {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd());
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        if (type is not null && !Suits(page.Format, type))
        {
            throw new NoAnswerException(
                $"{page.Address} answers with {type}; expected is {(page.Format == PageFormat.Json ? "JSON" : "HTML")}"
            );
        }

        using var limit = new CancellationTokenSource(source.Politeness.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestAnswer, either.Token);
            return await response.Content.ReadAsByteArrayAsync(either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NoAnswerException($"{page.Address} sent its answer for longer than {source.Politeness.Limit.TotalSeconds:0.#} s", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            throw new NoAnswerException(
                e is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
                    ? $"{page.Address} answers with more than {LongestAnswer >> 20} MB"
                    : $"{page.Address} cut its answer off ({e.GetBaseException().Message.TrimEnd('.')})",
                e
            );
        }
    }

    private static bool Suits(PageFormat format, string type) =>
        format == PageFormat.Json
            ? type.EndsWith("json", StringComparison.OrdinalIgnoreCase) || type.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase)
            : type.Contains("html", StringComparison.OrdinalIgnoreCase) || type.EndsWith("xml", StringComparison.OrdinalIgnoreCase);

    private async Task LookAtRobotsAsync(Host host, Uri address, CancellationToken cancellationToken)
    {
        if (!source.Politeness.KeepsToRobots)
        {
            return;
        }

        var robots = await host.RobotsAsync(() => AskRobotsAsync(address, cancellationToken)).WaitAsync(cancellationToken);
        if (!robots.Allows(address.PathAndQuery))
        {
            throw new NoAnswerException(
                ReferenceEquals(robots, Robots.Closed)
                    ? $"{address.Host} does not give its robots.txt, so that nothing of it is asked"
                    : $"robots.txt of {address.Host} forbids {address.PathAndQuery}"
            );
        }
    }

    // A site without the file has no rules; one that cannot give it now may have any.
    private async Task<Robots> AskRobotsAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = RequestFor(new Uri(address, "/robots.txt"), body: null);
        try
        {
            using var response = await SendAsync(request, cancellationToken);
            if ((int)response.StatusCode is >= 300 and < 500 and not 429)
            {
                return Robots.Free;
            }

            if (!response.IsSuccessStatusCode)
            {
                return Robots.Closed;
            }

            await response.Content.LoadIntoBufferAsync(LongestRobots, cancellationToken);
            return Robots.Parse(await response.Content.ReadAsStringAsync(cancellationToken), source.Politeness.UserAgent);
        }
        catch (Exception e) when (e is NoAnswerException or HttpRequestException or IOException)
        {
            return Robots.Closed;
        }
    }

    /// <summary>Requests to one host: so many at a time, and a pause between their beginnings.</summary>
    private sealed class Host(Politeness politeness) : IDisposable
    {
        private readonly SemaphoreSlim places = new(politeness.AtOnce);
        private readonly Lock gate = new();
        private Task<Robots>? robots;
        private DateTimeOffset next = DateTimeOffset.MinValue;

        /// <summary>The host's rules, asked for once.</summary>
        public Task<Robots> RobotsAsync(Func<Task<Robots>> ask)
        {
            lock (gate)
            {
                return robots is { IsFaulted: false, IsCanceled: false } ? robots : robots = ask();
            }
        }

        /// <summary>Waits for a place and for the time.</summary>
        public async Task EnterAsync(TimeProvider time, CancellationToken cancellationToken)
        {
            await places.WaitAsync(cancellationToken);
            try
            {
                TimeSpan pause;
                lock (gate)
                {
                    var now = time.GetUtcNow();
                    var delay = robots is { IsCompletedSuccessfully: true, Result.Delay: { } asked } ? asked : TimeSpan.Zero;
                    var usual = TimeSpan.FromSeconds(1 / politeness.PerSecond);
                    pause = next > now ? next - now : TimeSpan.Zero;
                    next = now + pause + (delay > usual ? delay : usual);
                }

                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, time, cancellationToken);
                }
            }
            catch
            {
                places.Release();
                throw;
            }
        }

        public void Leave() => places.Release();

        public void Dispose() => places.Dispose();
    }
}
