using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tradepost.Advertising.Replaying;

/// <summary>
/// Speaks the Marketing API on the loopback address: accounts, campaigns, ad sets and ads in pages, insights in pages and as reports, usage
/// headers, the API's errors. Its accounts are made up; faults come when they are asked for.
/// </summary>
internal sealed class MetaServer : IAsyncDisposable
{
    private const int UsualLimit = 25;
    private const string Json = "application/json; charset=UTF-8";

    private readonly MetaServerOptions options;
    private readonly TimeProvider time;
    private readonly WebApplication host;
    private readonly Dictionary<string, ServedAccount> accounts;
    private readonly Dictionary<string, ServedCampaigns> campaigns;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Report> reports = new(StringComparer.Ordinal);
    private long requests;

    private MetaServer(MetaServerOptions options, TimeProvider time, WebApplication host)
    {
        (this.options, this.time, this.host) = (options, time, host);
        accounts = Enumerable
            .Range(1, options.Accounts)
            .Select(number => new ServedAccount(number, options.Campaigns, options.Seed))
            .ToDictionary(account => account.Id, StringComparer.Ordinal);
        campaigns = accounts.Values.ToDictionary(account => account.Id, account => new ServedCampaigns(account, options.Archived));
    }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The keys of its accounts.</summary>
    public IReadOnlyCollection<string> Accounts => accounts.Keys;

    /// <summary>Requests that it had.</summary>
    public long Requests => Interlocked.Read(ref requests);

    /// <summary>Told the method, the path and the query of each request, and whether the token stood in its address.</summary>
    public Action<string>? Asked { get; init; }

    /// <summary>Changes rows of insights before they are sent.</summary>
    public Action<JsonObject>? Change { get; set; }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="IOException">The port is somebody else's.</exception>
    public static async Task<MetaServer> StartAsync(
        MetaServerOptions options,
        TimeProvider time,
        Action<string>? asked,
        CancellationToken cancellationToken
    )
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.ListenLocalhostOn(options.Port));
        builder.Services.AddLogging(logging => logging.ClearProviders());
        var built = builder.Build();
        var server = new MetaServer(options, time, built) { Asked = asked };
        built.Run(server.AnswerAsync);
        try
        {
            await built.StartAsync(cancellationToken);
        }
        catch
        {
            await built.DisposeAsync();
            throw;
        }

        server.Address = built.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref requests);
        var request = context.Request;
        Asked?.Invoke($"{request.Method} {request.Path}{request.QueryString}");
        var fault = options.Faults.FirstOrDefault(one => one.IsAt(number));
        if (fault?.Kind == MetaFault.Closed)
        {
            context.Abort();
            return;
        }

        context.Response.Headers["X-App-Usage"] = Usage(fault?.Kind == MetaFault.Used ? fault.Code : 3);
        var (status, body) =
            fault is { Kind: MetaFault.Error } ? Error(fault.Code, fault.Subcode)
            : fault is { Kind: MetaFault.TooMuch } ? TooMuch()
            : await AnswerAsync(request, fault, context.RequestAborted);
        await WriteAsync(context.Response, status, body.ToJsonString(), fault?.Kind);
    }

    private static async Task WriteAsync(HttpResponse response, int status, string body, string? fault)
    {
        var bytes = Encoding.UTF8.GetBytes(fault == MetaFault.NoJson ? "<html>Sorry, something went wrong.</html>" : body);
        response.StatusCode = status;
        response.ContentType = Json;
        response.ContentLength = bytes.Length;
        if (fault != MetaFault.Cut)
        {
            await response.Body.WriteAsync(bytes);
            return;
        }

        await response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await response.Body.FlushAsync();
        response.HttpContext.Abort();
    }

    private async Task<(int Status, JsonObject Body)> AnswerAsync(
        HttpRequest request,
        MetaFault? fault,
        CancellationToken cancellationToken
    )
    {
        if (request.Headers.Authorization != $"Bearer {options.Token}" && request.Query["access_token"] != options.Token)
        {
            return Error(190, 0);
        }

        var parts = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries); // a request always has one
        return parts switch
        {
            [_, var id] when accounts.TryGetValue(id, out var account) => (StatusCodes.Status200OK, account.About()),
            [_, var id, "insights"] when accounts.TryGetValue(id, out var account) && HttpMethods.IsPost(request.Method) => Begin(
                account,
                await request.ReadFormAsync(cancellationToken),
                fault
            ),
            [_, var id, "insights"] when accounts.TryGetValue(id, out var account) => Insights(account, request),
            [_, var id, "campaigns"] when campaigns.TryGetValue(id, out var own) => HttpMethods.IsPost(request.Method)
                ? Written(own.Create(await request.ReadFormAsync(cancellationToken), time.GetUtcNow()))
                : Page(request, own.List(Texts(request.Query["effective_status"]))),
            [_, var id, var list] when accounts.TryGetValue(id, out var account) && account.List(list) is { } rows => Page(request, rows),
            [_, var id] when campaigns.Values.FirstOrDefault(own => own.Find(id) is not null) is { } own => HttpMethods.IsPost(
                request.Method
            )
                ? Written(own.Change(id, await request.ReadFormAsync(cancellationToken)))
                : (StatusCodes.Status200OK, own.Find(id)!),
            [_, var id] when Find(id) is { } report => Look(report),
            [_, var id, "insights"] when Find(id) is { } report => Page(request, [.. report.Rows()]),
            _ => Error(100, 33),
        };
    }

    private static (int, JsonObject) Written((JsonObject? Answer, ServedRefusal? Refusal) written) =>
        written.Refusal is { } refusal
            ? Error(refusal.Code, refusal.Subcode, refusal.Message, refusal.Told)
            : (StatusCodes.Status200OK, written.Answer!);

    private (int, JsonObject) Begin(ServedAccount account, IFormCollection form, MetaFault? fault)
    {
        if (!TryDays(form["time_range"], out var from, out var to))
        {
            return Error(100, 0);
        }

        var report = new Report(
            $"{6_000_000_000 + reports.Count}",
            () => account.Insights(from, to, Campaigns(form["filtering"]), Today()),
            fault?.Kind switch
            {
                MetaFault.FailedReport => "Job Failed",
                MetaFault.SkippedReport => "Job Skipped",
                _ => "Job Completed",
            }
        );
        lock (gate)
        {
            reports.Add(report.Id, report);
        }

        return (StatusCodes.Status200OK, new JsonObject { ["report_run_id"] = report.Id });
    }

    private Report? Find(string id)
    {
        lock (gate)
        {
            return reports.GetValueOrDefault(id);
        }
    }

    // A report is completed before it is at 100 percent, as those of the API are.
    private static (int, JsonObject) Look(Report report)
    {
        var looks = report.Look();
        return (
            StatusCodes.Status200OK,
            new JsonObject
            {
                ["id"] = report.Id,
                ["async_status"] = looks switch
                {
                    1 => "Job Started",
                    2 => "Job Running",
                    _ => report.End,
                },
                ["async_percent_completion"] = looks switch
                {
                    1 => 0,
                    2 => 40,
                    3 => 90,
                    _ => 100,
                },
            }
        );
    }

    private (int, JsonObject) Insights(ServedAccount account, HttpRequest request)
    {
        if (!TryDays(request.Query["time_range"], out var from, out var to))
        {
            return Error(100, 0);
        }

        return to.DayNumber - from.DayNumber >= options.MostDays ? Error(100, 1_487_534)
            : Limit(request) > options.MostRows ? TooMuch()
            : Page(request, [.. account.Insights(from, to, Campaigns(request.Query["filtering"]), Today())]);
    }

    private (int, JsonObject) Page(HttpRequest request, IReadOnlyList<JsonObject> rows)
    {
        var begin = 0;
        if (request.Query["after"].ToString() is { Length: > 0 } after && !TryCursor(after, out begin))
        {
            return Error(100, 0);
        }

        var limit = Limit(request);
        var page = rows.Skip(begin).Take(limit).ToList();
        page.ForEach(row => Change?.Invoke(row));
        var end = begin + page.Count;
        var paging = new JsonObject
        {
            ["cursors"] = new JsonObject { ["before"] = Cursor(begin), ["after"] = Cursor(end) },
        };
        if (end < rows.Count)
        {
            // The API puts the token into the address of the next page.
            paging["next"] = $"{Address}{request.Path}?access_token={options.Token}&limit={limit}&after={Cursor(end)}";
        }

        return (
            StatusCodes.Status200OK,
            new JsonObject { ["data"] = new JsonArray([.. page.Select(JsonNode? (row) => row)]), ["paging"] = paging }
        );
    }

    private static (int, JsonObject) TooMuch() =>
        Error(1, 0, "Please reduce the amount of data you're asking for, then retry your request");

    private static (int Status, JsonObject Body) Error(int code, int subcode, string? said = null, string? told = null) =>
        (
            code is 1 or 2 ? StatusCodes.Status500InternalServerError : StatusCodes.Status400BadRequest,
            new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["message"] = said
                        ?? code switch
                        {
                            1 => "An unknown error occurred",
                            2 => "Service temporarily unavailable",
                            4 => "Application request limit reached",
                            10 => "Application does not have permission for this action",
                            17 => "User request limit reached",
                            32 => "Page request limit reached",
                            100 => "Unsupported get request, or an invalid parameter",
                            190 => "Error validating access token",
                            200 => "Permissions error",
                            613 => "Calls to this api have exceeded the rate limit",
                            >= 80_000 and <= 80_014 => "There have been too many calls to this ad-account",
                            _ => "An error occurred",
                        },
                    ["type"] = "OAuthException",
                    ["code"] = code,
                    ["error_subcode"] = subcode,
                    ["error_user_msg"] = told,
                    ["is_transient"] = code is 1 or 2,
                    ["fbtrace_id"] = "A" + code.ToString(CultureInfo.InvariantCulture),
                },
            }
        );

    private static string Usage(int percent) =>
        new JsonObject
        {
            ["call_count"] = percent,
            ["total_time"] = percent / 2,
            ["total_cputime"] = percent / 3,
        }.ToJsonString();

    private static int Limit(HttpRequest request) =>
        int.TryParse(request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? limit
            : UsualLimit;

    private DateOnly Today() =>
        DateOnly.FromDateTime(
            TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(ServedAccount.TimeZone)).DateTime
        );

    private static string Cursor(int place) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(place.ToString(CultureInfo.InvariantCulture)));

    private static bool TryCursor(string cursor, out int place)
    {
        place = 0;
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length)
            && int.TryParse(Encoding.ASCII.GetString(bytes, 0, length), NumberStyles.None, CultureInfo.InvariantCulture, out place);
    }

    private static bool TryDays(string? text, out DateOnly from, out DateOnly to)
    {
        (from, to) = (default, default);
        return Parse(text) is JsonObject range
            && DateOnly.TryParseExact((string?)range["since"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out from)
            && DateOnly.TryParseExact((string?)range["until"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out to)
            && from <= to;
    }

    private static IReadOnlyCollection<string>? Campaigns(string? text) =>
        Parse(text) is JsonArray { Count: 1 } filters
        && filters[0] is JsonObject filter
        && (string?)filter["field"] == "campaign.id"
        && filter["value"] is JsonArray keys
            ? [.. keys.Select(key => key!.ToString())]
            : null;

    private static IReadOnlyCollection<string>? Texts(string? text) =>
        Parse(text) is JsonArray texts ? [.. texts.Select(one => one!.ToString())] : null;

    private static JsonNode? Parse(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A report that was begun; it is made while somebody looks at it.</summary>
    private sealed class Report(string id, Func<IEnumerable<JsonObject>> rows, string end)
    {
        private int looks;

        public string Id => id;

        /// <summary>How it ends.</summary>
        public string End => end;

        public IEnumerable<JsonObject> Rows() => rows();

        /// <summary>How often somebody has looked, this time included.</summary>
        public int Look() => Interlocked.Increment(ref looks);
    }
}

file static class Listening
{
    public static void ListenLocalhostOn(this KestrelServerOptions kestrel, int port)
    {
        if (port == 0)
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        }
        else
        {
            kestrel.ListenLocalhost(port);
        }
    }
}
