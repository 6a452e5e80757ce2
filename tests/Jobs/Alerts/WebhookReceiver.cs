using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Tradepost.Jobs.Tests.Alerts;

/// <summary>A webhook on the loopback address that answers as it is told and keeps what it gets.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Channel<JsonElement> received = Channel.CreateUnbounded<JsonElement>();
    private readonly Task serving;

    public WebhookReceiver()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        Url = $"http://127.0.0.1:{port}/hook/t0k3n";
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        serving = ServeAsync();
    }

    public string Url { get; }

    public int Status { get; set; } = 200;

    public ValueTask<JsonElement> NextAsync() => received.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public bool IsEmpty => received.Reader.Count == 0;

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Close();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                received.Writer.TryWrite(JsonDocument.Parse(await reader.ReadToEndAsync()).RootElement);
                context.Response.StatusCode = Status;
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped by the test.
        }
    }
}
