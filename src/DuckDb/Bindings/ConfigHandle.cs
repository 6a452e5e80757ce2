using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>Settings for a database that is about to be opened.</summary>
internal sealed class ConfigHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Configuration.Destroy(ref handle);
        return true;
    }
}
