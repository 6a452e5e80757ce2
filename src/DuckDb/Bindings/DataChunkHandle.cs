using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>A chunk of up to 2048 rows.</summary>
internal sealed class DataChunkHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        DataChunks.Destroy(ref handle);
        return true;
    }
}
