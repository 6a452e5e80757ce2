namespace Tradepost.Learning.Forecasting;

/// <summary>How values are brought to the size that the priors are made for.</summary>
public enum Scaling
{
    /// <summary>
    /// <see cref="Absmax"/>; <see cref="Minmax"/> where the range of the values is under a thousandth of their level, and the model's notes
    /// say so.
    /// </summary>
    Auto,

    /// <summary>Divided by the greatest absolute value (above the floor).</summary>
    Absmax,

    /// <summary>From 0 at the least to 1 at the greatest value.</summary>
    Minmax,
}
