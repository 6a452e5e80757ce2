namespace Tradepost.Trading.Returns.Walking;

/// <summary>Keeps nothing.</summary>
internal sealed class NoFoldMemory : IFoldMemory
{
    public static NoFoldMemory Instance { get; } = new();

    public double[]? Find(string fingerprint) => null;

    public void Keep(string fingerprint, double[] forecasts) { }
}
