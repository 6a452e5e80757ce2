using Microsoft.AspNetCore.Routing;
using Tradepost.App.Api.Pages;

namespace Tradepost.App.Users.SignIns;

/// <summary>Where a one-time link leads: choose a password, and be signed in.</summary>
internal static class WelcomePage
{
    public const string Path = "/welcome";

    public static void MapWelcome(this IEndpointRouteBuilder routes)
    {
        routes.MapPage(Path, "Pages/welcome.html", "text/html; charset=utf-8");
        routes.MapPage("/welcome.css", "Pages/welcome.css", "text/css; charset=utf-8");
        routes.MapPage("/welcome.js", "Pages/welcome.js", "text/javascript; charset=utf-8");
    }
}
