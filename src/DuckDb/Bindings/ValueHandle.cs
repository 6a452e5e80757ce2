using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>One value, as parameters take it.</summary>
internal sealed class ValueHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Values.Destroy(ref handle);
        return true;
    }
}
