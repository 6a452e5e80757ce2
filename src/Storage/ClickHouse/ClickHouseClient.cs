using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Retrying;

namespace Tradepost.Storage.ClickHouse;

/// <summary>Speaks to a ClickHouse server over HTTP, in what version 18.16 and later ones understand. Thread-safe.</summary>
public sealed partial class ClickHouseClient : IDisposable
{
    private const int LongestAnswer = 300;

    // The server closes connections that nobody used for ten seconds.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);
    private static readonly RetryPolicy Sending = new(3, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)) { Jitter = 0.5 };

    private readonly ClickHouseUrl url;
    private readonly HttpClient http;

    public ClickHouseClient(ClickHouseUrl url)
    {
        this.url = url;
        var sockets = new SocketsHttpHandler
        {
            PooledConnectionIdleTimeout = Idle,
            ConnectTimeout = ConnectLimit,
            AllowAutoRedirect = false,
        };
        http = new HttpClient(
            ResilientHttp.Over("clickhouse.request", sockets, Sending, Timeout.InfiniteTimeSpan, onRetry: null, TimeProvider.System)
        )
        {
            BaseAddress = url.Endpoint,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (url.User.Length > 0)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes($"{url.User}:{url.Password.Reveal()}"))
            );
        }
    }

    /// <summary>How long the server may take to answer.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The server and its database, with the password masked.</summary>
    public string Description => url.Description;

    public string Database => url.Database;

    /// <summary>A table of the database, as SQL takes it.</summary>
    public string Table(string name) => $"{Sql.Name(url.Database)}.{Sql.Name(name)}";

    /// <summary>Runs a statement that gives no rows.</summary>
    /// <exception cref="ClickHouseException">The server is away, or refuses.</exception>
    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        await SendAsync("", new StringContent(sql), cancellationToken);

    /// <summary>The rows of a query, each with its fields as text.</summary>
    /// <exception cref="ClickHouseException">The server is away, or refuses.</exception>
    public async Task<IReadOnlyList<string[]>> ReadAsync(string sql, CancellationToken cancellationToken)
    {
        var answer = await SendAsync("?wait_end_of_query=1", new StringContent($"{sql} FORMAT TabSeparated"), cancellationToken);
        return [.. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
    }

    /// <summary>Inserts rows that are encoded as RowBinary already.</summary>
    /// <param name="queryId">What the insert is called in <c>system.processes</c> while it runs.</param>
    /// <exception cref="ClickHouseException">The server is away, or refuses; whether the rows are there is not known then.</exception>
    public async Task InsertAsync(
        string table,
        IReadOnlyList<string> columns,
        ReadOnlyMemory<byte> rows,
        string queryId,
        CancellationToken cancellationToken
    )
    {
        var insert = $"INSERT INTO {Table(table)} ({Sql.Names(columns)}) FORMAT RowBinary";
        await SendAsync(
            $"?query_id={Uri.EscapeDataString(queryId)}&query={Uri.EscapeDataString(insert)}",
            url.IsCompressed ? Compressed(rows) : new ReadOnlyMemoryContent(rows),
            cancellationToken
        );
    }

    public void Dispose() => http.Dispose();

    private static ByteArrayContent Compressed(ReadOnlyMemory<byte> rows)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(rows.Span);
        }

        return new ByteArrayContent(compressed.GetBuffer(), 0, (int)compressed.Length) { Headers = { ContentEncoding = { "gzip" } } };
    }

    private async Task<string> SendAsync(string query, HttpContent content, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(query, UriKind.Relative)) { Content = content };
            using var response = await http.SendAsync(request, limited.Token);
            var answer = await response.Content.ReadAsStringAsync(limited.Token);
            return response.StatusCode == HttpStatusCode.OK ? answer : throw Refused(response.StatusCode, answer);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClickHouseException(
                limited.IsCancellationRequested
                    ? $"{Description} did not answer within {Limit.TotalSeconds:0} seconds."
                    : $"{Description} cannot be reached: no connection within {ConnectLimit.TotalSeconds:0} seconds.",
                e
            );
        }
        catch (HttpRequestException e)
        {
            throw new ClickHouseException(
                e.HttpRequestError
                    is HttpRequestError.ConnectionError
                        or HttpRequestError.NameResolutionError
                        or HttpRequestError.SecureConnectionError
                    ? $"{Description} cannot be reached: {e.GetBaseException().Message.TrimEnd('.')}."
                    : $"{Description} ended the connection.",
                e
            );
        }
    }

    private ClickHouseException Refused(HttpStatusCode status, string answer)
    {
        if (Refusal().Match(answer) is not { Success: true } refusal)
        {
            return new ClickHouseException($"{Description} answers {(int)status} and nothing that ClickHouse says; is it its HTTP port?");
        }

        var reason = refusal.Groups["reason"].Value.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return new ClickHouseException(
            $"{Description} refuses: {(reason.Length > LongestAnswer ? reason[..LongestAnswer] + "…" : reason)} (code "
                + $"{refusal.Groups["code"].Value})."
        );
    }

    // Version 18.16 writes "Code: 60, e.displayText() = DB::Exception: …, e.what() = DB::Exception", later ones "Code: 60. DB::Exception: …
    // (version …)".
    [GeneratedRegex(
        """Code: (?<code>\d+)[,.] .*?DB::Exception: (?<reason>.*?)(?:, e\.what\(\) = .*| \(version [^)]*\).*)?$""",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Refusal();
}
