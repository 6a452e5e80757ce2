using Microsoft.AspNetCore.Http;
using Tradepost.App.Users.SignIns;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Tests.Users;

public sealed class SessionCookieTests
{
    [Theory]
    [InlineData("http", "", "tradepost_session=", "path=/;")]
    [InlineData("https", "", "__Host-tradepost_session=", "path=/;")]
    [InlineData("http", "/shop", "tradepost_session.shop=", "path=/shop;")]
    [InlineData("https", "/shop", "__Secure-tradepost_session.shop=", "path=/shop;")]
    [InlineData("https", "/shop/one", "__Secure-tradepost_session.shop.one=", "path=/shop/one;")]
    public void The_cookie_goes_to_the_path_of_this_server_alone_and_is_named_for_it(string scheme, string path, string name, string scope)
    {
        var context = Request(scheme);

        Of(path).Set(context, "token");

        var cookie = context.Response.Headers.SetCookie.Single()!;
        cookie.ShouldStartWith(name + "token;");
        cookie.ShouldContain(scope);
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.Contains("secure;").ShouldBe(scheme == "https");
        cookie.ShouldNotContain("domain");
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public void Two_servers_under_two_paths_of_one_host_do_not_take_each_others_cookies(string scheme)
    {
        string[] paths = ["", "/shop", "/shop/one"];
        var sent = string.Join(
            "; ",
            paths.Select(path =>
            {
                var context = Request(scheme);
                Of(path).Set(context, $"token-of-{path}");
                return context.Response.Headers.SetCookie.Single()!.Split(';')[0];
            })
        );

        foreach (var path in paths)
        {
            var context = Request(scheme);
            context.Request.Headers.Cookie = sent;
            Of(path).Find(context).ShouldBe($"token-of-{path}");
        }
    }

    private static SessionCookie Of(string path) =>
        new(
            Settings.Load(
                new SettingSources(
                    new Dictionary<string, string> { [SettingNames.PathPrefix] = path },
                    new Dictionary<string, string>(),
                    Path.GetTempPath(),
                    _ => null
                )
            )
        );

    private static DefaultHttpContext Request(string scheme) => new() { Request = { Scheme = scheme } };
}
