using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Endurance;

/// <summary>Somebody who is signed in at a server.</summary>
internal sealed class Visitor(Server server) : IDisposable
{
    public const string Email = "anna@example.com";
    public const string Password = "four words make one";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 512 })
    {
        BaseAddress = server.Address,
        Timeout = TimeSpan.FromSeconds(60),
    };

    public string Token { get; set; } = "";

    /// <summary>What the server said where it could not answer, once for each path.</summary>
    public ConcurrentDictionary<string, string> Refusals { get; } = new(StringComparer.Ordinal);

    public string RefreshToken { get; private set; } = "";

    /// <summary>Signs the administrator in, who is made by the link of the first start.</summary>
    public static async Task<Visitor> EnterAsync(Site site, Server server, CancellationToken cancellationToken)
    {
        var visitor = new Visitor(server);
        await (
            site.HasUsers
                ? visitor.SignInAsync(Email, cancellationToken)
                : visitor.TakeTokensAsync(
                    "/api/v1/auth/link",
                    new
                    {
                        code = server.Code,
                        email = Email,
                        password = Password,
                    },
                    cancellationToken
                )
        );
        site.HasUsers = true;
        return visitor;
    }

    public Task SignInAsync(string email, CancellationToken cancellationToken) =>
        TakeTokensAsync("/api/v1/auth/token", new { email, password = Password }, cancellationToken);

    /// <summary>Whether the session could be renewed.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/auth/refresh", new { refresh_token = RefreshToken }, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            Take(await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken));
        }

        return answer.IsSuccessStatusCode;
    }

    public async Task<HttpStatusCode> StatusAsync(string path, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, path);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        if (answer.StatusCode >= HttpStatusCode.InternalServerError)
        {
            Refusals.TryAdd(path, await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        return answer.StatusCode;
    }

    /// <summary>Opens a stream of events, which goes on until what is given back is disposed of.</summary>
    public async Task<HttpResponseMessage> StreamAsync(string path, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Sends a request that has to be answered with success.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = Request(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await http.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? text.Length == 0
                ? default
                : JsonElement.Parse(text)
            : throw new BenchmarkException($"{method} {path} was answered with {(int)answer.StatusCode}: {text}");
    }

    public async Task<string> StartRunAsync(string job, object arguments, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Post, $"/api/v1/jobs/{job}/runs", new { arguments }, cancellationToken)).GetProperty("id").GetString()!;

    /// <summary>A run once a condition holds for it.</summary>
    public async Task<JsonElement> UntilAsync(string run, Func<JsonElement, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await GetAsync($"/api/v1/runs/{run}", cancellationToken);
            if (condition(found))
            {
                return found;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    public static string StateOf(JsonElement run) => run.GetProperty("state").GetString()!;

    public static bool HasEnded(JsonElement run) => StateOf(run) is not ("queued" or "running");

    public void Dispose() => http.Dispose();

    private async Task TakeTokensAsync(string path, object body, CancellationToken cancellationToken)
    {
        Token = "";
        Take(await SendAsync(HttpMethod.Post, path, body, cancellationToken));
    }

    private void Take(JsonElement tokens) =>
        (Token, RefreshToken) = (tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("refresh_token").GetString()!);

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        if (Token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }

        return request;
    }
}
