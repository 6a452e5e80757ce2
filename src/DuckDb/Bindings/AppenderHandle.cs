namespace Tradepost.DuckDb.Bindings;

/// <summary>A bulk writer into one table.</summary>
internal sealed class AppenderHandle : ConnectionBoundHandle
{
    protected override void Destroy(ref nint native)
    {
        // Destroying alone would write what is still buffered; what was not completed is meant to vanish.
        _ = Appenders.Clear(native);
        _ = Appenders.Destroy(ref native);
    }
}
