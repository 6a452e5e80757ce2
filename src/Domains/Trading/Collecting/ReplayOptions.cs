namespace Tradepost.Trading.Collecting;

/// <summary>A recorded file in the place of the exchange.</summary>
/// <param name="File">A capture, or a CSV file of quotes in Tardis's columns; compressed by gzip or not.</param>
/// <param name="Speed">How much faster than it was; 0 for as fast as it is taken.</param>
/// <param name="Faults">What is to go wrong on the way, such as <c>drop@3000</c>.</param>
public sealed record ReplayOptions(string File, double Speed, IReadOnlyList<string> Faults);
