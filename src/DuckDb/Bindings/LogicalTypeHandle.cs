using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>A column's or value's type.</summary>
internal sealed class LogicalTypeHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LogicalTypes.Destroy(ref handle);
        return true;
    }
}
