using System.Text.Json;
using System.Threading.Channels;
using Tradepost.Tests.Support;

namespace Tradepost.Jobs.Tests.Alerts;

/// <summary>A webhook on the loopback address that answers as it is told and keeps what it gets.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly HttpReceiver receiver;
    private readonly Channel<JsonElement> received = Channel.CreateUnbounded<JsonElement>();

    public WebhookReceiver() =>
        receiver = new HttpReceiver(
            (_, body) =>
            {
                received.Writer.TryWrite(JsonDocument.Parse(body).RootElement);
                return Status;
            }
        );

    public string Url => $"{receiver.Address}/hook/t0k3n";

    public int Status { get; set; } = 200;

    public ValueTask<JsonElement> NextAsync() => received.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public bool IsEmpty => received.Reader.Count == 0;

    public ValueTask DisposeAsync() => receiver.DisposeAsync();
}
