namespace Tradepost.Trading.Draining;

/// <summary>There is nothing to choose: everything goes.</summary>
public sealed record DrainOptions;
