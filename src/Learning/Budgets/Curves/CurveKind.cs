namespace Tradepost.Learning.Budgets.Curves;

/// <summary>The formula of a response curve.</summary>
public enum CurveKind
{
    /// <summary>β xᵅ / (xᵅ + κᵅ): concave for α ≤ 1, S-shaped above.</summary>
    Hill,

    /// <summary>β ln(1 + x/κ): concave, without a limit.</summary>
    Log,

    /// <summary>β xᵅ: concave for α ≤ 1, convex above.</summary>
    Power,
}
