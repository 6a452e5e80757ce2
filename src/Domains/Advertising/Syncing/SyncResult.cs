namespace Tradepost.Advertising.Syncing;

/// <summary>What came of a sync.</summary>
/// <param name="Requests">That were sent.</param>
/// <param name="Rows">Days of ads that the API gave.</param>
/// <param name="Restated">Days of campaigns whose numbers were known and are others now.</param>
/// <param name="WaitedSeconds">How long it waited because the API limits what is asked.</param>
/// <param name="KeptAside">Rows that are none; <c>rejects</c> has them with the reason.</param>
/// <param name="Accounts">What came of each.</param>
public sealed record SyncResult(
    long Requests,
    long Rows,
    long Restated,
    double WaitedSeconds,
    long KeptAside,
    IReadOnlyList<SyncedAccount> Accounts
);

/// <summary>An account of a sync.</summary>
/// <param name="Account">Its key.</param>
/// <param name="Since">The first day that was asked for.</param>
/// <param name="Until">The last day, today in its time zone.</param>
/// <param name="Rows">Days of ads that the API gave.</param>
/// <param name="Restated">Days of campaigns whose numbers were known and are others now.</param>
/// <param name="KeptAside">Rows that are none.</param>
public sealed record SyncedAccount(string Account, DateOnly Since, DateOnly Until, long Rows, long Restated, long KeptAside);
