using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>An error's kind and message.</summary>
internal sealed class ErrorDataHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Errors.Destroy(ref handle);
        return true;
    }
}
