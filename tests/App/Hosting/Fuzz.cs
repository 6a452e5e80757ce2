using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace Tradepost.App.Tests.Hosting;

/// <summary>Makes requests that somebody careless or hostile would send, from a seed.</summary>
internal sealed partial class Fuzz(int seed, IReadOnlyList<(string Method, RouteEndpoint Endpoint)> routes, IReadOnlyList<string> badTokens)
{
    private static readonly string[] Texts =
    [
        "",
        " ",
        "null",
        "true",
        "-1",
        "0",
        "1",
        "2147483648",
        "-9223372036854775809",
        "1e400",
        "NaN",
        "1.7976931348623157E+308",
        "999999999999999999999999999999999999999",
        "' OR '1'='1",
        "'; DROP TABLE users; --",
        "\" OR 1=1 --",
        "1; DELETE FROM job_runs",
        "$(reboot)",
        "`id`",
        "; cat /etc/passwd",
        "| sh",
        "&& rm -rf /",
        "%00",
        "%0d%0aX-Injected: 1",
        "../../../../etc/passwd",
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e",
        "..\\..\\windows",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://169.254.169.254/latest",
        "//evil.example",
        "{{7*7}}",
        "${jndi:ldap://x}",
        "<script>alert(1)</script>",
        "%c0%ae%c0%ae/",
        "%ff%fe",
        "\u202e",
        "\ud83d\ude00",
        "ﬀ",
        "retail.etl",
        "retail.etl.py",
        "predictor.py",
        "00000000-0000-0000-0000-000000000000",
        "0000-00-00",
        "9999-12-31",
        "2026-02-30",
        "SELECT * FROM user_signing_keys",
        "SELECT pg_sleep(1000)",
        "SELECT read_text('/etc/passwd')",
        "COPY users TO '/stolen'",
        "ATTACH 'x.duckdb'",
        "WITH RECURSIVE t AS (SELECT 1) DELETE FROM users",
    ];

    private static readonly string[] Fields =
    [
        "email",
        "password",
        "code",
        "refresh_token",
        "current_password",
        "role",
        "is_disabled",
        "arguments",
        "script",
        "job",
        "cron",
        "time_zone",
        "from",
        "to",
        "kind",
        "url",
        "limit",
        "sql",
        "cursor",
        "__proto__",
        "$type",
    ];

    private static readonly string[] Contents =
    [
        "application/json",
        "application/json; charset=utf-8",
        "application/json; charset=utf-16",
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "",
        "application/json, text/html",
        "\u0001",
    ];

    private readonly Random random = new(seed);

    /// <summary>A request of its own; without a token that counts, with one that may only read, or poisoned so that nobody may accept it.</summary>
    public (byte[] Bytes, string Text, bool MayRead) Next(string viewer, string admin)
    {
        var (method, endpoint) = routes[random.Next(routes.Count)];
        var pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        var kind = random.Next(10);
        var endsSession = pattern.EndsWith("/revoke", StringComparison.Ordinal);
        var token =
            endsSession || kind < 5 ? Pick(badTokens)
            : kind < 8 ? viewer
            : admin;
        var path = Parameter()
            .Replace(pattern, match =>
                match.Value.Contains("guid") && random.Next(3) > 0 ? Guid.NewGuid().ToString() : Uri.EscapeDataString(Text())
            );
        path = random.Next(12) switch
        {
            0 => path + "/" + Text(),
            1 => path.Replace("/", "//", StringComparison.Ordinal),
            2 => path.Replace("api", "api/../api", StringComparison.Ordinal),
            3 => path.ToUpperInvariant(),
            4 => path + "%00",
            5 => path.Insert(random.Next(path.Length), "%2f"),
            _ => path,
        };
        var query =
            random.Next(2) == 0
                ? ""
                : "?"
                    + string.Join(
                        '&',
                        Enumerable
                            .Range(0, random.Next(1, 5))
                            .Select(_ =>
                                $"{(random.Next(6) == 0 ? Uri.EscapeDataString(Text()) : Pick(Fields))}={(random.Next(3) == 0 ? Text().Replace(' ', '+') : Uri.EscapeDataString(Text()))}"
                            )
                    );
        var verb =
            random.Next(15) == 0 ? Pick(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "HEAD"]) : method;
        var body = verb is "GET" or "HEAD" && random.Next(10) > 0 ? [] : Body();
        var head = new StringBuilder(
            $"{verb} {Line(path + query)} HTTP/1.1\r\nHost: {(random.Next(40) == 0 ? Header(Text()) : "localhost")}\r\nConnection: close\r\n"
        );
        if (token.Length > 0)
        {
            head.Append(CultureInfo.InvariantCulture, $"Authorization: {Header(token)}\r\n");
        }

        if (body.Length > 0)
        {
            head.Append(
                CultureInfo.InvariantCulture,
                $"Content-Type: {(random.Next(4) > 0 ? Contents[0] : Header(Pick(Contents)))}\r\nContent-Length: {body.Length}\r\n"
            );
        }

        foreach (
            var name in new[] { "Idempotency-Key", "Last-Event-ID", "Accept", "X-Request-Id", "X-Forwarded-For", "Cookie", "Range" }.Where(
                _ => random.Next(12) == 0
            )
        )
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {(name == "Accept" ? "text/event-stream" : Header(Text()))}\r\n");
        }

        return (
            [.. Encoding.UTF8.GetBytes(head + "\r\n"), .. body],
            $"{verb} {path}{query} {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 200)))} as {(token == viewer ? "viewer" : token == admin ? "admin" : token)}",
            token == viewer || token == admin
        );
    }

    // Never a body that could be accepted: an administrator sends it, too.
    private byte[] Body() =>
        random.Next(9) switch
        {
            0 => Encoding.UTF8.GetBytes(new string('[', random.Next(1, 5000))),
            1 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", random.Next(33, 2000)))),
            2 => Bytes(random.Next(1, 200)),
            3 => Encoding.UTF8.GetBytes($"{{\"{Pick(Fields)}\": \"{Pick(["\\u0000", "\\ud800", "\\udfff\\ud800"])}\"}}"),
            4 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("{\"poison\": 1}")],
            5 => Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("1e999", random.Next(1, 300)))}]"),
            6 => Encoding.UTF8.GetBytes(Object(random.Next(1, 6))[..^1]),
            7 => Encoding.Unicode.GetBytes(Object(2)),
            _ => Encoding.UTF8.GetBytes(Object(random.Next(1, 8))),
        };

    private string Object(int fields)
    {
        var text = new StringBuilder("{\"poison\": ").Append(Value());
        for (var i = 0; i < fields; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $", \"{Pick(Fields)}\": {Value()}");
        }

        return text.Append('}').ToString();
    }

    private string Value() =>
        random.Next(8) switch
        {
            0 => "null",
            1 => "true",
            2 => "[]",
            3 => "{\"mode\": [1, {\"x\": null}]}",
            4 => new string('9', random.Next(1, 400)),
            5 => "-1e-5000",
            _ => System.Text.Json.JsonSerializer.Serialize(Text()),
        };

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private string Text() => random.Next(12) == 0 ? new string((char)random.Next('0', 'z'), random.Next(1, 3000)) : Pick(Texts);

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    private static string Line(string path) => path.Replace(" ", "%20", StringComparison.Ordinal);

    private static string Header(string text) => text.Replace('\r', ' ').Replace('\n', ' ');

    [GeneratedRegex("{[^}]+}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
