using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Tradepost.Tests.Support;

namespace Tradepost.Marketplace.Tests.Monitoring;

/// <summary>A marketplace's site on the loopback address, which answers as a test wants and notes what it was asked.</summary>
internal sealed class ShopSite : IAsyncDisposable
{
    private const int PortsToTry = 20;

    private readonly HttpListener listener;
    private readonly Func<HttpListenerContext, Task> answer;
    private readonly Task serving;

    public ShopSite(Func<HttpListenerContext, Task> answer)
    {
        this.answer = answer;
        (listener, Address) = Listen();
        serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>The paths with queries that were asked, robots.txt left out, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What robots.txt says; null: there is none.</summary>
    public string? Robots { get; set; }

    /// <summary>A site of products with a price and reviews by their number, each page as JSON.</summary>
    public static ShopSite OfProducts(Func<string, string>? page = null) =>
        new(context =>
        {
            var sku = context.Request.Url!.Segments[^1];
            return SendAsync(context, page?.Invoke(sku) ?? Product(sku));
        });

    public static string Product(string sku) =>
        $$"""
            {"id": "{{sku}}", "title": "Product {{sku}}, \"new\"", "brand": "Acme", "price": {{100
                + sku.Length}}.50, "reviews": {{sku.Length * 7}}, "rating": 4.5,
             "offers": [{"seller": "One", "price": "{{100 + sku.Length}},50 ₸", "days": 2}, {"seller": "Two", "price": 120}]}
            """;

    public static async Task SendAsync(HttpListenerContext context, string body, int status = 200, string type = "application/json")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength64 = bytes.Length;
        await context.Response.OutputStream.WriteAsync(bytes);
        context.Response.Close();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
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
                one.Close(); // somebody took the port meanwhile
            }
        }
    }

    private async Task ServeAsync()
    {
        var answers = new List<Task>();
        try
        {
            while (true)
            {
                answers.Add(AnswerAsync(await listener.GetContextAsync()));
            }
        }
        catch (Exception e)
            when (!listener.IsListening && e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(answers);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            if (context.Request.Url!.AbsolutePath == "/robots.txt")
            {
                await SendAsync(context, Robots ?? "", Robots is null ? 404 : 200, "text/plain");
                return;
            }

            Asked.Enqueue(context.Request.Url.PathAndQuery);
            await answer(context);
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // The client, or the test, went away in the middle.
        }
    }
}
