namespace Tradepost.Learning.Clicks.Calibrating;

/// <summary>How logits become probabilities, learnt on the validation rows.</summary>
public enum CalibrationMethod
{
    /// <summary>p = 1 / (1 + e⁻ᶻ).</summary>
    None,

    /// <summary>p = 1 / (1 + e⁻⁽ᵃᶻ⁺ᵇ⁾) (J. Platt 1999).</summary>
    Platt,

    /// <summary>
    /// A step function that never falls, by pooling adjacent violators; with fewer than 1,000 clicks in the validation rows Platt's.
    /// </summary>
    Isotonic,
}
