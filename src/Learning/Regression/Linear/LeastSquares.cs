namespace Tradepost.Learning.Regression.Linear;

/// <summary>Scaled columns and the target less its mean: what all squared-error models start from.</summary>
internal sealed class LeastSquares
{
    private readonly IReadOnlyList<string> names;
    private readonly double targetMean;

    private LeastSquares(IReadOnlyList<string> names, ScaledColumns scaled, double[] target, double targetMean)
    {
        (this.names, Scaled, Target, this.targetMean) = (names, scaled, target, targetMean);
        Pull = new double[scaled.Columns];
        scaled.TransposedProduct(target, Pull);
    }

    public ScaledColumns Scaled { get; }

    public int Rows => Scaled.Rows;

    public int Columns => Scaled.Columns;

    /// <summary>y less its mean, padded with zeros as the columns are.</summary>
    public double[] Target { get; }

    /// <summary>Zᵀy.</summary>
    public double[] Pull { get; }

    public static LeastSquares Of(
        FeatureTable features,
        ReadOnlySpan<double> target,
        bool intercept,
        int? threads,
        CancellationToken cancellationToken
    )
    {
        InputRules.CheckFit(features, target, least: 2);
        InputRules.CheckNoCategories(features, nameof(features));
        InputRules.CheckThreads(threads);
        var scaled = ScaledColumns.Of(features, intercept, threads ?? Environment.ProcessorCount, cancellationToken);
        if (scaled.HasMissing)
        {
            InputRules.CheckNumbers(features, nameof(features), cancellationToken);
        }

        var mean = intercept ? ScaledColumns.Mean(target) : 0;
        var centred = new double[scaled.Stride];
        for (var row = 0; row < target.Length; row++)
        {
            centred[row] = target[row] - mean;
        }

        return new LeastSquares(features.Names, scaled, centred, mean);
    }

    /// <summary>The model of coefficients of scaled columns, in the units of the given ones.</summary>
    public LinearModel Model(string model, ReadOnlySpan<double> scaledCoefficients, int iterations, double? gap)
    {
        var coefficients = new double[Columns];
        var intercept = targetMean;
        for (var j = 0; j < coefficients.Length; j++)
        {
            coefficients[j] = Scaled.IsConstant[j] ? 0 : scaledCoefficients[j] / Scaled.Scales[j];
            intercept -= coefficients[j] * Scaled.Means[j];
        }

        return new LinearModel(model, names, intercept, coefficients, iterations, gap);
    }
}
