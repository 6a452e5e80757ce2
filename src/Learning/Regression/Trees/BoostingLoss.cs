namespace Tradepost.Learning.Regression.Trees;

/// <summary>What boosting minimises: a loss of the target y and the raw prediction F.</summary>
internal abstract class BoostingLoss
{
    /// <summary>Whether the second derivative is 1 everywhere (or taken as such).</summary>
    public virtual bool IsSecondConstant => true;

    /// <summary>Whether leaves get what is best for their rows, rather than a Newton step.</summary>
    public virtual bool RenewsLeaves => false;

    /// <summary>The best constant F.</summary>
    public abstract double Baseline(ReadOnlySpan<double> y);

    /// <summary>The F before the first tree.</summary>
    public double Start(double? baseScore, ReadOnlySpan<double> y) => baseScore is { } prediction ? Raw(prediction) : Baseline(y);

    /// <summary>First and, unless constant, second derivatives by F.</summary>
    public abstract void Derivatives(ReadOnlySpan<double> y, ReadOnlySpan<double> raw, Span<double> first, Span<double> second);

    /// <summary>The loss of one row, constants dropped.</summary>
    public abstract double Loss(double y, double raw);

    /// <summary>What is predicted for F.</summary>
    public virtual double Predict(double raw) => raw;

    /// <summary>The F for which this is predicted.</summary>
    public virtual double Raw(double prediction) => prediction;

    /// <summary>The best constant for residuals y − F, for losses that renew leaves; they may be rearranged.</summary>
    public virtual double LeafValue(Span<double> residuals) => throw new NotSupportedException();

    /// <summary>Throws when the target is none for this loss.</summary>
    public virtual void Check(ReadOnlySpan<double> target) { }

    public static BoostingLoss Of(BoostingLossKind kind, double quantile) =>
        kind switch
        {
            BoostingLossKind.SquaredError => new SquaredLoss(),
            BoostingLossKind.AbsoluteError => new QuantileLoss(0.5),
            BoostingLossKind.Quantile => new QuantileLoss(quantile),
            BoostingLossKind.Poisson => new PoissonLoss(),
            _ => new LogisticLoss(),
        };
}
