using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Tradepost.App.Users;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Api;

/// <summary>The table of docs/api.md is what is tested: each route, each role, and nobody.</summary>
public sealed partial class RolesTests
{
    private static readonly string[] Columns = ["nobody", "viewer", "analyst", "admin"];

    private static readonly Dictionary<string, bool[]> Table = File.ReadLines(RepositoryRoot.Combine("docs", "api.md"))
        .Select(line => Row().Match(line))
        .Where(match => match.Success)
        .ToDictionary(match => match.Groups["route"].Value, match => match.Groups["cell"].Captures.Select(cell => cell.Value == "yes").ToArray());

    [Fact]
    public async Task Every_route_is_in_the_table_and_nothing_else_is()
    {
        await using var world = await ApiWorld.StartAsync();

        Table.Keys.ShouldBe(world.Routes.Select(Name), ignoreOrder: true);
    }

    [Fact]
    public async Task Every_role_may_do_what_the_table_says_and_no_more()
    {
        await using var world = await ApiWorld.StartAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            await world.SignInAsync(role);
        }

        var wrong = new List<string>();
        foreach (var (method, endpoint) in world.Routes)
        {
            var allowed = Table[Name((method, endpoint))];
            for (var i = 0; i < Columns.Length; i++)
            {
                // A session for each request: some of them end it.
                var token = i == 0 ? null : (await world.TokenAsync($"{Columns[i]}@example.com", ApiWorld.Password)).Tokens!.AccessToken;
                var (response, _) = await world.SendAsync(new HttpMethod(method), Path(endpoint), token, method == "GET" ? null : new StringContent("{}", Encoding.UTF8, "application/json"));
                var isRefused = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
                var isRightly = isRefused && response.StatusCode == (i == 0 ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden);
                if (allowed[i] ? isRefused : !isRightly)
                {
                    wrong.Add($"{method} {Path(endpoint)} as {Columns[i]}: {(int)response.StatusCode}, by the table {(allowed[i] ? "allowed" : "refused")}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static string Name((string Method, RouteEndpoint Endpoint) route) => $"{route.Method} {Constraint().Replace("/" + route.Endpoint.RoutePattern.RawText!.Trim('/'), "")}";

    private static string Path(RouteEndpoint endpoint) => Parameter().Replace("/" + endpoint.RoutePattern.RawText!.Trim('/'), match => match.Value.Contains("guid") ? Guid.Empty.ToString() : "nothing");

    [GeneratedRegex(@"^\| (?<route>(GET|POST|PUT|PATCH|DELETE) [^ |]+) \|( (?<cell>yes|no) \|){4}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex(":[a-z]+(?=})", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();

    [GeneratedRegex("{[^}]+}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
