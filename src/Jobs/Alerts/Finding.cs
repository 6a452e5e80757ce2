using Tradepost.Jobs.Runs;

namespace Tradepost.Jobs.Alerts;

/// <summary>Something that a rule has found.</summary>
/// <param name="Id">The same for the same thing, so that it is raised once.</param>
internal sealed record Finding(string Id, string Job, Run? Run, string Message);
