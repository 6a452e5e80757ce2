namespace Tradepost.Learning.Tests.Stopping;

/// <summary>A call that somebody may want to stop.</summary>
/// <param name="Prepare">Makes what it works on, and gives the call.</param>
/// <param name="IsBrief">
/// Whether it goes through what it is given a few times and no more, so that no input that fits into a test's memory takes it seconds: then it is
/// only seen to look at the token.
/// </param>
internal sealed record StoppableCase(Func<Action<CancellationToken>> Prepare, bool IsBrief = false);
