namespace Tradepost.DuckDb.Bindings;

/// <summary>One prepared statement with its bound values.</summary>
internal sealed class PreparedStatementHandle : ConnectionBoundHandle
{
    protected override void Destroy(ref nint native) => PreparedStatements.Destroy(ref native);
}
