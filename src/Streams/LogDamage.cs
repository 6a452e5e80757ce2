namespace Tradepost.Streams;

/// <summary>Records that a reader had to pass over because their segment was damaged after it had been written.</summary>
/// <param name="Segment">The damaged file.</param>
/// <param name="Offset">Where in it the first unreadable record begins.</param>
/// <param name="From">The first position that is lost.</param>
/// <param name="To">The first position that can be read again.</param>
public sealed record LogDamage(string Segment, long Offset, long From, long To);
