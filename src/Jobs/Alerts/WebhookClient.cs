using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Tradepost.Storage.Retrying;

namespace Tradepost.Jobs.Alerts;

/// <summary>
/// Posts to addresses that users give. Each connection is made here, to an address that was looked at and not only to a name
/// that had a good address a moment ago. It follows no redirect, asks no proxy, keeps no cookie and reads no answer but its status.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    private const int LongestHeaders = 16; // KB

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    // Within a delivery; a delivery that failed is tried again later.
    private static readonly RetryPolicy Posting = new(2, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(500)) { Jitter = 0.5 };

    private readonly WebhookHosts hosts;
    private readonly HttpClient http;

    /// <summary>A client that may post to these hosts.</summary>
    /// <param name="patience">The most that a post may take, with all that belongs to it.</param>
    public WebhookClient(WebhookHosts hosts, TimeSpan patience)
    {
        this.hosts = hosts;
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = LongestHeaders,
            PooledConnectionLifetime = Fresh,
            ConnectCallback = ConnectAsync,
        };
        http = new HttpClient(
            ResilientHttp.Over("webhook.post", sockets, Posting, Timeout.InfiniteTimeSpan, onRetry: null, TimeProvider.System)
        )
        {
            Timeout = patience,
        };
    }

    /// <summary>The status that the webhook answers with.</summary>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    /// <exception cref="WebhookRefusedException">It is nowhere that may be posted to.</exception>
    public async Task<HttpStatusCode> PostAsync(Uri url, string json, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.StatusCode;
        }
        catch (HttpRequestException e) when (e.InnerException is WebhookRefusedException refused)
        {
            throw new WebhookRefusedException(refused.Message);
        }
    }

    public void Dispose() => http.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var target = context.DnsEndPoint;
        var found = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var allowed = found.Where(address => hosts.Allows(target.Host, address)).ToArray();
        if (found.Length > 0 && allowed.Length == 0)
        {
            throw new WebhookRefusedException(WebhookHosts.Refusal(target.Host));
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
