using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>
/// A native object that keeps its connection's database alive. It holds the connection's handle, too: otherwise the connection
/// could count as gone, the file be opened a second time, and two databases write to it.
/// </summary>
internal abstract class ConnectionBoundHandle() : SafeHandle(0, ownsHandle: true)
{
    private ConnectionHandle? connection;

    public sealed override bool IsInvalid => handle == 0;

    /// <summary>Does nothing to an invalid handle, because nobody would release it.</summary>
    public void Bind(ConnectionHandle owner)
    {
        if (IsInvalid)
            return;
        var counted = false;
        owner.DangerousAddRef(ref counted);
        connection = owner;
    }

    protected sealed override bool ReleaseHandle()
    {
        Destroy(ref handle);
        connection?.DangerousRelease();
        return true;
    }

    protected abstract void Destroy(ref nint native);
}
