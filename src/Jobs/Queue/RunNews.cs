using Tradepost.Jobs.Runs;

namespace Tradepost.Jobs.Queue;

/// <summary>What a run has said since it was last written down.</summary>
internal sealed record RunNews(Guid Id, long Fence, RunProgress? Progress, IReadOnlyList<RunLogLine> Lines);
