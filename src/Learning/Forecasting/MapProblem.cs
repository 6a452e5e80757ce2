using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Forecasting;

/// <summary>
/// The posterior of Prophet's model (S. Taylor, B. Letham, "Forecasting at scale", The American Statistician 72, 2018; prophet.stan), up to
/// constants: RSS/2σ² + n ln σ + k²/50 + m²/50 + Σ|δ|/τ + Σβ²/2s² + 2σ², with y ~ N(g·(1 + X·β of multiplicative columns) + X·β of additive
/// columns, σ).
/// </summary>
/// <remarks>
/// With z = kt + m + Σδⱼ(t − sⱼ)₊ the linear trend is z. The logistic trend is c/(1 + e⁻ᶻ) with z = k(t − m) + Σδⱼ(t − sⱼ)₊: the offsets γ
/// of the paper are those that keep rate·(t − offset) continuous, so this is the same function, without the division by a rate that may be
/// zero. Points θ are laid out as [k, m, β, δ]; for flat growth as [m, β].
/// </remarks>
internal sealed class MapProblem
{
    private const double TrendVariance = 25;

    private readonly double[] hinges;

    public MapProblem(
        Growth growth,
        double[] t,
        double[] y,
        double[]? caps,
        double[] changepoints,
        double tau,
        double[] features,
        IReadOnlyList<FeatureColumn> columns
    )
    {
        (Growth, T, Y, Caps, Tau, Features, Columns) = (growth, t, y, caps, tau, features, columns);
        Changepoints = growth == Growth.Flat ? [] : changepoints;
        hinges = Hinges(t, Changepoints);
        IsConvex = growth != Growth.Logistic && columns.All(column => column.Mode == SeasonalityMode.Additive);
    }

    public Growth Growth { get; }

    public double[] T { get; }

    public double[] Y { get; }

    public double[]? Caps { get; }

    public double[] Changepoints { get; }

    public double Tau { get; }

    /// <summary>Column after column.</summary>
    public double[] Features { get; }

    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>Whether the problem is convex at every fixed σ.</summary>
    public bool IsConvex { get; }

    public int Rows => Y.Length;

    public int TrendSize => Growth == Growth.Flat ? 1 : 2;

    /// <summary>How many variables have a smooth prior: all before δ.</summary>
    public int SmoothSize => TrendSize + Columns.Count;

    public int Size => SmoothSize + Changepoints.Length;

    private double SlopeAt(double[] theta) => Growth == Growth.Flat ? 0 : theta[0];

    private double OffsetAt(double[] theta) => theta[TrendSize - 1];

    /// <summary>
    /// The σ² that is most probable with this residual sum of squares, never under 10⁻¹²: the positive root of 4σ⁴ + nσ² − RSS = 0, without
    /// cancellation.
    /// </summary>
    public double BestVariance(double rss) => Math.Max(1e-12, 2 * rss / (Rows + Math.Sqrt(((double)Rows * Rows) + (16 * rss))));

    public double Objective(double[] theta, double rss, double variance)
    {
        var sum = (rss / (2 * variance)) + (0.5 * Rows * Math.Log(variance)) + (2 * variance);
        for (var i = 0; i < SmoothSize; i++)
        {
            sum += 0.5 * theta[i] * theta[i] * Precision(i);
        }

        for (var i = SmoothSize; i < Size; i++)
        {
            sum += Math.Abs(theta[i]) / Tau;
        }

        return sum;
    }

    public double Objective(ProphetParameters parameters)
    {
        var theta = Point(parameters);
        return Objective(theta, Evaluate(theta, new MapState(Rows)), parameters.SigmaObs * parameters.SigmaObs);
    }

    /// <summary>1/variance of the Gaussian prior of a variable before δ.</summary>
    public double Precision(int i)
    {
        if (i < TrendSize)
        {
            return 1 / TrendVariance;
        }

        var scale = Columns[i - TrendSize].PriorScale;
        return 1 / (scale * scale);
    }

    /// <summary>Residuals y − f(θ) into the state, with the trend and the multiplier of it; gives their sum of squares.</summary>
    public double Evaluate(double[] theta, MapState state)
    {
        var (n, beta) = (Rows, TrendSize);
        Span<double> z = state.Trend,
            factor = state.Factor,
            residual = state.Residual;
        var (slope, offset) = (SlopeAt(theta), OffsetAt(theta));
        for (var i = 0; i < n; i++)
        {
            z[i] = Growth == Growth.Logistic ? slope * (T[i] - offset) : (slope * T[i]) + offset;
        }

        for (var j = 0; j < Changepoints.Length; j++)
        {
            if (theta[SmoothSize + j] != 0)
            {
                Kernels.AddScaled(theta[SmoothSize + j], hinges.AsSpan(j * n, n), z);
            }
        }

        state.Slope.AsSpan().Fill(1);
        if (Growth == Growth.Logistic)
        {
            for (var i = 0; i < n; i++)
            {
                var share = 1 / (1 + Math.Exp(-z[i]));
                z[i] = Caps![i] * share;
                state.Slope[i] = z[i] * (1 - share);
            }
        }

        factor.Fill(1);
        residual.Clear();
        for (var j = 0; j < Columns.Count; j++)
        {
            Kernels.AddScaled(
                theta[beta + j],
                Features.AsSpan(j * n, n),
                Columns[j].Mode == SeasonalityMode.Multiplicative ? factor : residual
            );
        }

        for (var i = 0; i < n; i++)
        {
            residual[i] = Y[i] - (z[i] * factor[i]) - residual[i];
        }

        return Kernels.Dot(residual, residual);
    }

    /// <summary>∂f/∂θ at the point that the state was evaluated at, column after column.</summary>
    public void Jacobian(double[] theta, MapState state, double[] jacobian)
    {
        var n = Rows;
        var weights = state.Weights.AsSpan();
        Kernels.Multiply(state.Slope, state.Factor, weights);
        var (slope, offset) = (SlopeAt(theta), OffsetAt(theta));
        for (var i = 0; i < n; i++)
        {
            if (Growth != Growth.Flat)
            {
                jacobian[i] = weights[i] * (Growth == Growth.Logistic ? T[i] - offset : T[i]);
            }

            jacobian[((TrendSize - 1) * n) + i] = weights[i] * (Growth == Growth.Logistic ? -slope : 1);
        }

        for (var j = 0; j < Columns.Count; j++)
        {
            var target = jacobian.AsSpan((TrendSize + j) * n, n);
            if (Columns[j].Mode == SeasonalityMode.Multiplicative)
            {
                Kernels.Multiply(state.Trend, Features.AsSpan(j * n, n), target);
            }
            else
            {
                Features.AsSpan(j * n, n).CopyTo(target);
            }
        }

        for (var j = 0; j < Changepoints.Length; j++)
        {
            Kernels.Multiply(weights, hinges.AsSpan(j * n, n), jacobian.AsSpan((SmoothSize + j) * n, n));
        }
    }

    /// <summary>Jᵀv without forming J: the gradient of −½RSS when v is the residual.</summary>
    public void TransposedProduct(double[] theta, MapState state, double[] target)
    {
        var n = Rows;
        var weighted = state.Weights.AsSpan();
        Kernels.Multiply(state.Slope, state.Factor, weighted);
        Kernels.Multiply(weighted, state.Residual, weighted);
        var sum = 0.0;
        foreach (var value in weighted)
        {
            sum += value;
        }

        var (slope, offset) = (SlopeAt(theta), OffsetAt(theta));
        if (Growth != Growth.Flat)
        {
            target[0] = Kernels.Dot(T, weighted) - (Growth == Growth.Logistic ? offset * sum : 0);
        }

        target[TrendSize - 1] = sum * (Growth == Growth.Logistic ? -slope : 1);
        for (var j = 0; j < Changepoints.Length; j++)
        {
            target[SmoothSize + j] = Kernels.Dot(hinges.AsSpan(j * n, n), weighted);
        }

        Kernels.Multiply(state.Trend, state.Residual, weighted);
        for (var j = 0; j < Columns.Count; j++)
        {
            target[TrendSize + j] = Kernels.Dot(
                Features.AsSpan(j * n, n),
                Columns[j].Mode == SeasonalityMode.Multiplicative ? weighted : state.Residual
            );
        }
    }

    /// <summary>Where Prophet starts: a trend through the first and the last row, nothing else.</summary>
    public double[] Start()
    {
        var theta = new double[Size];
        var (k, m) = GrowthStart.Of(this);
        if (Growth != Growth.Flat)
        {
            theta[0] = k;
        }

        theta[TrendSize - 1] = m;
        return theta;
    }

    public double[] Point(ProphetParameters parameters)
    {
        double[] trend = Growth == Growth.Flat ? [parameters.M] : [parameters.K, parameters.M];
        return [.. trend, .. parameters.Beta, .. Growth == Growth.Flat ? [] : parameters.Delta];
    }

    public ProphetParameters Parameters(double[] theta, double variance) =>
        new(SlopeAt(theta), OffsetAt(theta), theta[SmoothSize..], theta[TrendSize..SmoothSize], Math.Sqrt(variance));

    private static double[] Hinges(double[] t, double[] changepoints)
    {
        var columns = new double[t.Length * changepoints.Length];
        for (var j = 0; j < changepoints.Length; j++)
        {
            for (var i = 0; i < t.Length; i++)
            {
                columns[(j * t.Length) + i] = Math.Max(0, t[i] - changepoints[j]);
            }
        }

        return columns;
    }
}
