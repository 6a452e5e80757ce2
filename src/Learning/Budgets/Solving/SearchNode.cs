namespace Tradepost.Learning.Budgets.Solving;

/// <summary>A part of all divisions: those within these envelopes, of which none is better than the bound.</summary>
internal sealed record SearchNode(Envelope[] Envelopes, Relaxation Relaxed, double Bound);
