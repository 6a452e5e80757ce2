using Tradepost.Storage.Connections;

namespace Tradepost.Jobs.Alerts;

/// <summary>A rule that posts to a webhook when something about runs is not as it should be.</summary>
public sealed record AlertRule
{
    public required string Name { get; init; }

    public required AlertKind Kind { get; init; }

    /// <summary>The job that is watched; null for every job, where the kind allows that.</summary>
    public string? Job { get; init; }

    /// <summary>Where alerts are posted to. Its path and query often hold a secret.</summary>
    public required Secret Url { get; init; }

    /// <summary>The time of <see cref="AlertKind.TooLong"/> and <see cref="AlertKind.Missing"/>.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The number that <see cref="AlertKind.Drifted"/> watches, as a path into the result: <c>metrics.rmse</c>.</summary>
    public string? Metric { get; init; }

    /// <summary>How far the number may be from the mean before, as a share of that mean.</summary>
    public double Tolerance { get; init; } = 0.25;

    /// <summary>How many runs before make the mean.</summary>
    public int History { get; init; } = 10;

    /// <summary>The webhook as it may be shown.</summary>
    public string Destination =>
        Url.Reveal() is { Length: > 0 } url ? new Uri(url).GetLeftPart(UriPartial.Authority) + "/…" : "an address that was lost";
}
