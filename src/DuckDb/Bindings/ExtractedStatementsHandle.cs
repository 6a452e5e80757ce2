using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>The statements of one command text.</summary>
internal sealed class ExtractedStatementsHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        ExtractStatements.Destroy(ref handle);
        return true;
    }
}
