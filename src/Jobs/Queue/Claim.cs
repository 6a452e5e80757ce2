using Tradepost.Jobs.Runs;

namespace Tradepost.Jobs.Queue;

/// <summary>A run that this process may work on, for as long as nobody else has claimed it with a higher fence.</summary>
internal sealed record Claim(Run Run, long Fence);
