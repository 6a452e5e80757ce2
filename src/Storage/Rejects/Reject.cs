namespace Tradepost.Storage.Rejects;

/// <summary>A row of a file that was not taken.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Rule">The rule that it breaks, in snake case.</param>
/// <param name="Problem">What is wrong with it, in words; empty where the rule says it all.</param>
/// <param name="Row">What it holds, as its table of rejects keeps it.</param>
public readonly record struct Reject(long Line, string Rule, string Problem, string Row);
