namespace Tradepost.Advertising.Replaying;

/// <summary>What the replay server plays.</summary>
internal sealed record MetaServerOptions
{
    /// <summary>On the loopback address; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Whoever asks with another is refused.</summary>
    public required string Token { get; init; }

    public int Accounts { get; init; } = 1;

    public int Campaigns { get; init; } = 4;

    /// <summary>How many of an account's campaigns, from the last, are archived.</summary>
    public int Archived { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Days of insights that are given without a report; more is too much data.</summary>
    public int MostDays { get; init; } = 31;

    /// <summary>Rows of insights that fit a page; more is too much data.</summary>
    public int MostRows { get; init; } = 500;

    public IReadOnlyList<MetaFault> Faults { get; init; } = [];
}
