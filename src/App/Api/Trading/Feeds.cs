using Tradepost.Trading.Watching;

namespace Tradepost.App.Api.Trading;

/// <summary>What comes in.</summary>
/// <param name="Items">The last quote of each symbol.</param>
/// <param name="LogBytes">What the collector's log takes on this machine's disk.</param>
/// <param name="WrittenAt">When a log was last moved into the store.</param>
internal sealed record Feeds(IReadOnlyList<LatestQuote> Items, long LogBytes, DateTime? WrittenAt);
