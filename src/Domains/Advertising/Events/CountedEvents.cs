namespace Tradepost.Advertising.Events;

/// <summary>What came of a part of the topic.</summary>
/// <param name="Received">Records that were read.</param>
/// <param name="Counted">Events that were new.</param>
/// <param name="Noted">What platforms told that was new.</param>
/// <param name="KeptAside">Records that were neither, and stand in <c>rejects</c>.</param>
/// <param name="Late">New events of earlier days.</param>
internal sealed record CountedEvents(int Received, int Counted, int Noted, int KeptAside, IReadOnlyList<LateEvents> Late);

/// <summary>Events of an earlier day, which changed its numbers.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Events">How many.</param>
/// <param name="Campaigns">Of how many campaigns.</param>
internal sealed record LateEvents(DateOnly Day, long Events, long Campaigns);
