namespace Tradepost.Marketplace.Simulating;

/// <summary>What happens to all of a simulated marketplace and is true: sale days, and a day on which reviews are removed.</summary>
internal sealed class SimulatedEvents(int days)
{
    private const int ShortestWithPurge = 40;

    /// <summary>Days on which two products in five are cheaper, from 0.</summary>
    public IReadOnlyList<int> SaleDays { get; } = [(int)(0.4 * days), (int)(0.8 * days)];

    /// <summary>The day on which two products in five lose a part of their reviews; null in a short marketplace.</summary>
    public int? PurgeDay { get; } = days < ShortestWithPurge ? null : (int)(0.6 * days);
}
