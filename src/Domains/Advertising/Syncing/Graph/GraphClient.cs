using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Polly.Timeout;
using Tradepost.Storage.Retrying;

namespace Tradepost.Advertising.Syncing.Graph;

/// <summary>
/// Asks the Marketing API: again what fails for a passing reason, later what it limits, with pages of fewer rows where one is too much. The
/// token goes into a header, so that no address holds it; the next page is asked for by its cursor, as the API's own address of it would
/// have the token in it.
/// </summary>
internal sealed class GraphClient : IDisposable
{
    private const double MostPercent = 95;
    private const long LongestAnswer = 64 << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly MetaSettings settings;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly HttpClient http;
    private TimeSpan regain;
    private double used;

    public GraphClient(MetaSettings settings, TimeProvider time, ILogger logger)
    {
        (this.settings, this.time, this.logger) = (settings, time, logger);
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // the token would go along
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        http = new HttpClient(ResilientHttp.Over("ads.request", sockets, RetryPolicy.Never, Limit, onRetry: null, TimeProvider.System))
        {
            BaseAddress = settings.Address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.Token);
    }

    /// <summary>How often what fails for a passing reason is tried.</summary>
    public RetryPolicy Retrying { get; init; } = new(6, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5)) { Jitter = 0.5 };

    /// <summary>How often it waits where the API allows no more for now; with 0 that fails at once, for whoever cannot wait.</summary>
    public int MostWaits { get; init; } = 30;

    /// <summary>How long an answer may take, up to two minutes.</summary>
    public TimeSpan Patience { get; init; } = Limit;

    /// <summary>Requests that were sent.</summary>
    public long Requests { get; private set; }

    /// <summary>How long it waited because the API limits what is asked.</summary>
    public TimeSpan Waited { get; private set; }

    private TimeSpan Regain =>
        regain < ShortestWait ? ShortestWait
        : regain > LongestWait ? LongestWait
        : regain;

    /// <summary>An answer, as JSON.</summary>
    /// <param name="method">GET, or POST to start a report: what may be sent again.</param>
    /// <param name="path">Behind the version, as <c>act_1/campaigns</c>.</param>
    /// <param name="query">Names and values.</param>
    /// <param name="cancellationToken">Ends it, and the waits.</param>
    /// <exception cref="GraphException">There is none, for a reason that further attempts do not mend.</exception>
    public async Task<JsonElement> SendAsync(
        HttpMethod method,
        string path,
        IReadOnlyList<KeyValuePair<string, string>> query,
        CancellationToken cancellationToken
    )
    {
        for (var waits = 1; ; waits++)
        {
            try
            {
                return await Retrying.RunAsync(
                    "ads.request",
                    token => AskAsync(method, path, query, token),
                    static failure => failure is GraphException { Failure: GraphFailure.Passing },
                    retry =>
                        logger.LogWarning(
                            "{Path}: {Problem}; again in {Pause:0.#} s",
                            path,
                            retry.Failure.Message,
                            retry.Pause.TotalSeconds
                        ),
                    time,
                    cancellationToken
                );
            }
            catch (GraphException e) when (e.Failure == GraphFailure.Limited && waits <= MostWaits)
            {
                await WaitAsync(e.Message, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Sends what writes, once: nobody knows what a request did whose answer is lost, and a second one could do it again.
    /// </summary>
    /// <exception cref="GraphException">
    /// It was refused; or, where the failure is a passing one, it is not known what came of it.
    /// </exception>
    public Task<JsonElement> SendOnceAsync(
        string path,
        IReadOnlyList<KeyValuePair<string, string>> form,
        CancellationToken cancellationToken
    ) => AskAsync(HttpMethod.Post, path, form, cancellationToken);

    /// <summary>What a list has, page by page.</summary>
    /// <param name="path">Of the list.</param>
    /// <param name="query">Names and values, without the limit.</param>
    /// <param name="limit">Rows a page at first; halved where that is too much.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="GraphException">A page is not to be had.</exception>
    public async IAsyncEnumerable<JsonElement> ListAsync(
        string path,
        IReadOnlyList<KeyValuePair<string, string>> query,
        int limit,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? after = null;
        do
        {
            List<KeyValuePair<string, string>> asked = [.. query, new("limit", $"{limit}")];
            if (after is not null)
            {
                asked.Add(new("after", after));
            }

            JsonElement page;
            try
            {
                page = await SendAsync(HttpMethod.Get, path, asked, cancellationToken);
            }
            catch (GraphException e) when (e.Failure == GraphFailure.TooMuchData && limit > 1)
            {
                limit /= 2;
                continue;
            }

            if (!page.TryGetProperty("data", out var rows) || rows.ValueKind != JsonValueKind.Array)
            {
                throw GraphException.Report(GraphFailure.Refused, $"{path} gives no list");
            }

            foreach (var row in rows.EnumerateArray())
            {
                yield return row;
            }

            after = NextOf(page, after);
            if (after is null)
            {
                yield break;
            }
        } while (true);
    }

    public void Dispose() => http.Dispose();

    private static string? NextOf(JsonElement page, string? after)
    {
        if (!page.TryGetProperty("paging", out var paging) || !paging.TryGetProperty("next", out _))
        {
            return null;
        }

        var next =
            paging.TryGetProperty("cursors", out var cursors) && cursors.TryGetProperty("after", out var cursor)
                ? cursor.GetString()
                : null;
        return next is null || next == after ? throw GraphException.Report(GraphFailure.Refused, "a page leads to itself") : next;
    }

    private async Task<JsonElement> AskAsync(
        HttpMethod method,
        string path,
        IReadOnlyList<KeyValuePair<string, string>> query,
        CancellationToken cancellationToken
    )
    {
        if (used > MostPercent)
        {
            var reason = $"{used:0} percent of what the API allows is used";
            if (MostWaits == 0)
            {
                throw GraphException.Limited(reason, Regain);
            }

            await WaitAsync(reason, cancellationToken);
        }

        Requests++;
        using var request = new HttpRequestMessage(method, method == HttpMethod.Get ? $"{path}?{Encoded(query)}" : path);
        if (method != HttpMethod.Get)
        {
            request.Content = new FormUrlEncodedContent(query);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var usage = Usage.Of(response.Headers);
            (used, regain) = (usage.Percent, usage.Regain);
            var body = await ReadAsync(response, limit.Token);
            if (!response.IsSuccessStatusCode || body is not { } answer || answer.TryGetProperty("error", out _))
            {
                throw GraphException.Of(response.StatusCode, body, Regain);
            }

            return answer;
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw GraphException.Report(GraphFailure.TooMuchData, $"an answer of more than {LongestAnswer >> 20} MB");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw GraphException.Unreadable($"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException or IOException)
        {
            throw GraphException.Unreadable(
                e is TimeoutRejectedException ? $"no answer within {Patience.TotalSeconds:0} s" : e.GetBaseException().Message.TrimEnd('.')
            );
        }
    }

    private static async Task<JsonElement?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException) when (response.IsSuccessStatusCode)
        {
            throw GraphException.Unreadable("the answer is no JSON, or was cut off");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Encoded(IReadOnlyList<KeyValuePair<string, string>> query) =>
        string.Join('&', query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    /// <summary>Waits until the API allows more, as far as it said when.</summary>
    private async Task WaitAsync(string reason, CancellationToken cancellationToken)
    {
        var wait = Regain;
        logger.LogWarning("{Reason}; waiting {Wait:0} s", reason, wait.TotalSeconds);
        await Task.Delay(wait, time, cancellationToken);
        Waited += wait;
        used = 0;
    }
}
