namespace Tradepost.Learning.Forecasting;

/// <summary>What an evaluation of the model leaves, row by row; written anew each time, so that fitting allocates once.</summary>
internal sealed class MapState(int rows)
{
    public double[] Trend { get; } = new double[rows];

    /// <summary>dg/dz: 1 for linear growth.</summary>
    public double[] Slope { get; } = new double[rows];

    /// <summary>1 + the multiplicative components.</summary>
    public double[] Factor { get; } = new double[rows];

    public double[] Residual { get; } = new double[rows];

    public double[] Weights { get; } = new double[rows];
}
