namespace Tradepost.Learning;

/// <summary>What a computation may take; see docs/decisions/0030-work-that-ends.md for the reasons.</summary>
/// <param name="Bytes">Memory beyond which it is refused.</param>
/// <param name="Seconds">Time of one processor beyond which it is refused.</param>
public sealed record WorkLimits(double Bytes, double Seconds)
{
    /// <summary>The rest is for the program itself, the table as it was read, and everything else on the machine.</summary>
    private const double ShareOfMemory = 0.75;

    private const double Month = 30 * 86_400.0;

    /// <summary>Those of this machine, or of the container that the process runs in: three quarters of the memory, and a month.</summary>
    public static WorkLimits Here => new(ShareOfMemory * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, Month);
}
