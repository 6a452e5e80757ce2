using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>A table's columns.</summary>
internal sealed class TableDescriptionHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        TableDescriptions.Destroy(ref handle);
        return true;
    }
}
