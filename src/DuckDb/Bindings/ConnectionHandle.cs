using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>A native connection. It holds its share of the database, which closes with the last connection.</summary>
internal sealed class ConnectionHandle() : SafeHandle(0, ownsHandle: true)
{
    private Action? release;

    public override bool IsInvalid => handle == 0;

    /// <summary>Sets what runs once the connection is gone, also when the finalizer disconnects it.</summary>
    public void OnDisconnected(Action action) => release = action;

    protected override bool ReleaseHandle()
    {
        OpenConnect.Disconnect(ref handle);
        release?.Invoke();
        return true;
    }
}
