namespace Tradepost.App.Api.Trading;

/// <summary>The collector's log.</summary>
/// <param name="LogBytes">What it takes on this machine's disk.</param>
/// <param name="WrittenAt">When a log was last moved into the store.</param>
internal sealed record FeedLog(long LogBytes, DateTime? WrittenAt);
