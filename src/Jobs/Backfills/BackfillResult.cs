namespace Tradepost.Jobs.Backfills;

/// <summary>What a backfill found and did.</summary>
/// <param name="Days">Days in the span.</param>
/// <param name="AlreadyDone">Days that needed nothing.</param>
/// <param name="Loaded">Days that were done now.</param>
public sealed record BackfillResult(int Days, int AlreadyDone, int Loaded);
