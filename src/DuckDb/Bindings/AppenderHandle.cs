using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>A bulk writer into one table.</summary>
internal sealed class AppenderHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        // Destroying alone would write what is still buffered; what was not completed is meant to vanish.
        _ = Appenders.Clear(handle);
        _ = Appenders.Destroy(ref handle);
        return true;
    }
}
