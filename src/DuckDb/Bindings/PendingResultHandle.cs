using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>A query that was started and has not delivered yet.</summary>
internal sealed class PendingResultHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        PendingResults.Destroy(ref handle);
        return true;
    }
}
