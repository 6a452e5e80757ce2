namespace Tradepost.Trading.Returns.Walking;

/// <summary>
/// Keeps what folds gave, by the fingerprint of everything that it follows from: what was done before an interruption, or in a training
/// before, is not done again. For use by several threads at once.
/// </summary>
internal interface IFoldMemory
{
    /// <summary>The forecasts of a fold's test rows; null when they are not known.</summary>
    double[]? Find(string fingerprint);

    /// <summary>Keeps them.</summary>
    void Keep(string fingerprint, double[] forecasts);
}
