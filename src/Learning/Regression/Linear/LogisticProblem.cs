using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Linear;

/// <summary>The mean logistic loss of scaled columns with its penalty: Σ log(1 + e^(−s f))/n + ½ Σ dⱼuⱼ², dⱼ = 1/(C n scaleⱼ²).</summary>
internal sealed class LogisticProblem
{
    private const double LeastStep = 1e-10;

    private readonly ScaledColumns scaled;
    private readonly double[] labels;
    private readonly double[] penalty;
    private readonly bool intercept;
    private readonly CancellationToken cancellationToken;
    private readonly int size;
    private readonly double[] margins;
    private readonly double[] errors;
    private readonly double[] weights;
    private readonly double[] pulls;

    /// <summary>Coefficients, and the intercept last if there is one.</summary>
    private double[] theta;

    public LogisticProblem(ScaledColumns scaled, ReadOnlySpan<double> target, double c, bool intercept, CancellationToken cancellationToken)
    {
        (this.scaled, this.intercept, this.cancellationToken) = (scaled, intercept, cancellationToken);
        size = scaled.Columns + (intercept ? 1 : 0);
        (labels, margins, errors, weights) = (
            new double[scaled.Stride],
            new double[scaled.Stride],
            new double[scaled.Stride],
            new double[scaled.Stride]
        );
        pulls = new double[scaled.Columns];
        target.CopyTo(labels);
        (theta, penalty) = (new double[size], new double[size]);
        for (var j = 0; j < scaled.Columns; j++)
        {
            penalty[j] = 1 / (c * scaled.Rows * scaled.Scales[j] * scaled.Scales[j]);
        }

        if (intercept)
        {
            var share = Sums.Of(target) / target.Length;
            theta[^1] = Math.Log(share / (1 - share));
        }
    }

    public ReadOnlySpan<double> Coefficients => theta.AsSpan(0, scaled.Columns);

    public double Intercept => intercept ? theta[^1] : 0;

    /// <summary>Newton's method with steps halved until the objective falls.</summary>
    /// <returns>Steps taken.</returns>
    public int SolveByNewton(double tolerance, int maximumIterations)
    {
        var gradient = new double[size];
        var next = new double[size];
        var value = Evaluate(theta, gradient);
        for (var iteration = 1; iteration <= maximumIterations; iteration++)
        {
            var step = Direction(gradient);
            var slope = Kernels.Dot(step, gradient);
            var (length, nextValue) = (1.0, 0.0);
            for (; ; length /= 2)
            {
                theta.CopyTo(next, 0);
                Kernels.AddScaled(-length, step, next);
                nextValue = Evaluate(next, gradient);
                if (nextValue <= value - (1e-4 * length * slope) + (1e-14 * Math.Abs(value)) || length < LeastStep)
                {
                    break;
                }
            }

            (theta, next, value) = (next, theta, nextValue);
            if (gradient.Max(Math.Abs) <= tolerance || slope <= 1e-24 || length < LeastStep)
            {
                return iteration;
            }
        }

        return maximumIterations;
    }

    /// <summary>For more columns than a matrix of second derivatives is made for.</summary>
    /// <returns>Steps taken.</returns>
    public int SolveByLbfgs(int maximumIterations)
    {
        var options = new LbfgsOptions
        {
            History = 20,
            InitialStep = 1,
            ValueTolerance = 0,
            RelativeValueTolerance = 0,
            GradientTolerance = 1e-10,
            RelativeGradientTolerance = 1e-6,
            StepTolerance = 0,
            MaximumIterations = 100 * maximumIterations,
        };
        var result = Lbfgs.Minimise(
            (x, gradient) =>
            {
                var buffer = new double[size];
                var value = Evaluate(x.ToArray(), buffer);
                buffer.CopyTo(gradient);
                return value;
            },
            theta,
            options,
            cancellationToken
        );
        theta = result.X;
        return result.Iterations;
    }

    /// <summary>The objective and its gradient; leaves the weights of the second derivative.</summary>
    private double Evaluate(double[] point, double[] gradient)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var n = scaled.Rows;
        Span<double> sums = stackalloc double[2];
        scaled.Sum(2, sums, (from, length, part) =>
        {
            var f = margins.AsSpan(from, length);
            f.Fill(intercept ? point[^1] : 0);
            for (var j = 0; j < scaled.Columns; j++)
            {
                Kernels.AddScaled(point[j], scaled.Column(j).Slice(from, length), f);
            }

            (part[0], part[1]) = Losses(from, Math.Min(length, n - from));
        });
        scaled.TransposedProduct(errors, pulls);
        pulls.CopyTo(gradient, 0);
        if (intercept)
        {
            gradient[^1] = sums[1];
        }

        var value = sums[0] / n;
        for (var j = 0; j < size; j++)
        {
            gradient[j] = (gradient[j] / n) + (penalty[j] * point[j]);
            value += 0.5 * penalty[j] * point[j] * point[j];
        }

        return value;
    }

    private (double Loss, double Error) Losses(int from, int length)
    {
        var (loss, total) = (0.0, 0.0);
        for (var row = from; row < from + length; row++)
        {
            var f = margins[row];
            var e = Math.Exp(-Math.Abs(f));
            var p = f >= 0 ? 1 / (1 + e) : e / (1 + e);
            loss += Math.Log(1 + e) + Math.Max(f, 0) - (labels[row] * f);
            errors[row] = p - labels[row];
            weights[row] = e / ((1 + e) * (1 + e));
            total += errors[row];
        }

        return (loss, total);
    }

    /// <summary>The second derivative's inverse times the gradient.</summary>
    private double[] Direction(double[] gradient)
    {
        var p = scaled.Columns;
        var hessian = new double[size * size];
        var gram = size == p ? hessian : new double[p * p];
        scaled.Gram(gram, weights);
        if (intercept)
        {
            for (var j = 0; j < p; j++)
            {
                gram.AsSpan(j * p, p).CopyTo(hessian.AsSpan(j * size));
            }

            var last = new double[p];
            scaled.TransposedProduct(weights, last);
            last.CopyTo(hessian, p * size);
            hessian[^1] = Sums.Of(weights);
        }

        for (var i = 0; i < size; i++)
        {
            Sums.Multiply(hessian.AsSpan(i * size, size), 1.0 / scaled.Rows);

            // A constant column has neither a gradient nor, possibly, a penalty that could be seen beside 1.
            hessian[(i * size) + i] += i < p && scaled.IsConstant[i] ? 1 : penalty[i];
        }

        var step = gradient.AsSpan().ToArray();
        if (!Cholesky.TryFactor(hessian, size, size, cancellationToken))
        {
            throw new InvalidOperationException(
                "The second derivative is not positive definite: the regularisation is too weak for these columns. Choose a smaller C."
            );
        }

        Cholesky.SolveLower(hessian, size, size, step);
        Cholesky.SolveUpper(hessian, size, size, step);
        return step;
    }
}
