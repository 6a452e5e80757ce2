namespace Tradepost.Jobs.Queue;

/// <summary>What the store says of a run that a worker believes to hold.</summary>
internal readonly record struct LeaseState(Guid Id, long Fence, bool IsCancelAsked);
