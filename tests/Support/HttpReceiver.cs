using System.Net;

namespace Tradepost.Tests.Support;

/// <summary>Takes requests on the loopback address, on a free port, until it is disposed.</summary>
public sealed class HttpReceiver : IAsyncDisposable
{
    private const int PortsToTry = 20;

    private readonly Func<string, byte[], int> answer;
    private readonly HttpListener listener;
    private readonly Task serving;

    /// <summary>Begins to listen.</summary>
    /// <param name="answer">Takes the path and the body of a request and gives the status of its answer.</param>
    public HttpReceiver(Func<string, byte[], int> answer)
    {
        this.answer = answer;
        (listener, Address) = Listen();
        serving = ServeAsync();
    }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving.ConfigureAwait(false);
        listener.Close();
    }

    private static (HttpListener Listener, string Address) Listen()
    {
        for (var attempt = 1; ; attempt++)
        {
            var address = $"http://127.0.0.1:{LoopbackPort.Free()}";
            var one = new HttpListener { Prefixes = { $"{address}/" } };
            try
            {
                one.Start();
                return (one, address);
            }
            catch (HttpListenerException) when (attempt < PortsToTry)
            {
                // Somebody took the port meanwhile.
                one.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync().ConfigureAwait(false);
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body).ConfigureAwait(false);
                context.Response.StatusCode = answer(context.Request.Url!.AbsolutePath, body.ToArray());
                context.Response.Close();
            }
        }
        catch (Exception e)
            when (!listener.IsListening && e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException
            )
        {
            // Stopped by the test, while it waited, between two requests or in the middle of one.
        }
    }
}
