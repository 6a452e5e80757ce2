using Microsoft.Extensions.Logging;
using Tradepost.App.Listening;
using Tradepost.App.Telemetry;
using Tradepost.App.Users.Passwords;
using Tradepost.Jobs;
using Tradepost.Serving.Limits;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Hosting;

/// <summary>What a server is made from.</summary>
internal sealed record ServerOptions
{
    public required Settings Settings { get; init; }

    /// <summary>The store, open as long as the server runs, its migrations applied.</summary>
    public required Store Store { get; init; }

    /// <summary>The jobs over that store.</summary>
    public required JobHost Jobs { get; init; }

    /// <summary>What routes share with the commands that this process works on.</summary>
    public required IReadOnlyList<object> Shared { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>
    /// Where metrics are read from and the log goes; without it there is no /metrics, and all goes to <see cref="Logger"/>.
    /// </summary>
    public ServerTelemetry? Telemetry { get; init; }

    public required IReadOnlyList<Listener> Listeners { get; init; }

    public required RateLimits Limits { get; init; }

    public Proxies Proxies { get; init; } = new([], []);

    /// <summary>Whether runs are executed and schedules started here; else other processes do that.</summary>
    public bool RunsJobs { get; init; } = true;

    /// <summary>How slow passwords are hashed.</summary>
    public int PasswordIterations { get; init; } = PasswordHash.DefaultIterations;

    public ServerCertificate? Certificate { get; init; }
}
