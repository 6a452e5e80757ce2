using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>A native database: one open file, or one in memory.</summary>
internal sealed class DatabaseHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenConnect.Close(ref handle);
        return true;
    }
}
