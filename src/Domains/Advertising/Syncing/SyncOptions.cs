using System.ComponentModel;
using Tradepost.Arguments;

namespace Tradepost.Advertising.Syncing;

/// <summary>What to ask the Marketing API for.</summary>
public sealed record SyncOptions
{
    [Description("The first day, in the account's time zone; by default the last 28, and those since the last sync.")]
    public DateOnly? Since { get; init; }

    [Description("Only these of the accounts in META_ACCOUNTS.")]
    [Placeholder("ACCOUNT")]
    public string[] Account { get; init; } = [];
}
