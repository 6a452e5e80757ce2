using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>One prepared statement with its bound values.</summary>
internal sealed class PreparedStatementHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        PreparedStatements.Destroy(ref handle);
        return true;
    }
}
