using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.App.Hosting;
using Tradepost.App.Users;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.SignIns;
using Tradepost.App.Users.Tokens;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Demo;

/// <summary>The page over the demo's data, with what goes on beside it and a link that signs in.</summary>
internal static class DemoServer
{
    private const string User = "demo@example.com";

    public static async Task RunAsync(Session demo, bool opensBrowser, CancellationToken cancellationToken)
    {
        var serving = new ServerRun(demo);
        await serving.RunAsync(
            async (server, end) =>
            {
                await InviteAsync(server, serving, opensBrowser, end);
                await Task.WhenAll(Domains.All.Select(domain => domain.Demo.Live(server.Services, end)));
            },
            cancellationToken
        );
    }

    /// <summary>An address as people write it, and as README does.</summary>
    public static string ByName(string address) => address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    private static async Task InviteAsync(ApiServer server, ServerRun serving, bool opensBrowser, CancellationToken cancellationToken)
    {
        var address = ByName(server.Addresses[0]);
        if (await FindUserAsync(server, cancellationToken) is not { } user)
        {
            serving.Say($"The page: {address}/ (the store has users of its own; sign in as one of them)");
            return;
        }

        var code = await server.Services.GetRequiredService<Links>().CreateAsync(user.Id, cancellationToken);
        var link = $"{address}{WelcomeLink.SignInPath}#{code}";
        serving.Say("The page, signed in (the link works once; Ctrl-C ends the demo):");
        serving.Say($"  {link}");
        if (opensBrowser)
        {
            OpenBrowser(link);
        }
    }

    // A store with users of its own gets no administrator whom anybody can be.
    private static async Task<User?> FindUserAsync(ApiServer server, CancellationToken cancellationToken)
    {
        var users = server.Services.GetRequiredService<UserDirectory>();
        if (await users.FindAsync(User, cancellationToken) is { IsDisabled: false } known)
        {
            return known;
        }

        if (await users.AnyAsync(cancellationToken))
        {
            return null;
        }

        var added = await users.AddAsync(User, Role.Admin, passwordHash: null, cancellationToken);
        await server.Services.GetRequiredService<AccessState>().ReloadAsync(cancellationToken);
        return added;
    }

    private static void OpenBrowser(string link)
    {
        var hasScreen = Environment.GetEnvironmentVariable("DISPLAY") ?? Environment.GetEnvironmentVariable("WAYLAND_DISPLAY");
        var program =
            OperatingSystem.IsMacOS() ? "open"
            : hasScreen is { Length: > 0 } ? "xdg-open"
            : null;
        if (
            program is null
            || !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)))
        )
        {
            return; // the link stands above
        }

        using var browser = Process.Start(
            new ProcessStartInfo(program, [link])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        );
    }
}
