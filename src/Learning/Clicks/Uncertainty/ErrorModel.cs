using Tradepost.Learning.Clicks.Calibrating;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Clicks.Uncertainty;

/// <summary>
/// How far a true logit may be from that of a calibrated probability. Its variance is v = κ² Σ βⱼxⱼ with βⱼ ≥ 0, where x holds 1, the
/// variance of the members' logits, and for each field how little is known of the row's value. A probability is the mean over what is not
/// known, so the logits it stands for lie around one that is lower by about v(1 − 2p)/2; <see cref="Lower"/> and <see cref="Upper"/> are
/// quantiles around that, in units of √v.
/// </summary>
/// <param name="Coefficients">β.</param>
/// <param name="Scale">κ².</param>
internal sealed record ErrorModel(double[] Coefficients, double Scale, double Lower, double Upper)
{
    private const double MostShift = 0.9;
    private const int Reweightings = 8;
    private const int Sweeps = 300;
    private const int RowsBetweenLooks = 4096;

    /// <summary>
    /// Fits the variance to errors that are known, each weighed by the inverse square of the variance before, and takes the quantiles.
    /// </summary>
    /// <param name="features">Rows × coefficients.</param>
    /// <param name="probabilities">What was predicted.</param>
    /// <param name="errors">True logits less those of the probabilities.</param>
    public static ErrorModel Fit(
        double[] features,
        double[] probabilities,
        double[] errors,
        double level,
        CancellationToken cancellationToken
    )
    {
        var width = features.Length / errors.Length;
        var overall = Math.Max(errors.Average(error => error * error), 1e-12);
        var model = new ErrorModel(new double[width], 1, 0, 0);
        model.Coefficients[0] = overall;
        for (var i = 0; i < Reweightings; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] squares =
            [
                .. errors.Select((error, row) => Square(error + model.Shift(probabilities[row], features.AsSpan(row * width, width)))),
            ];
            model = model with { Coefficients = NonNegative(features, squares, model.Coefficients, overall, cancellationToken) };
        }

        double[] scaled =
        [
            .. errors.Select(
                (error, row) =>
                {
                    var x = features.AsSpan(row * width, width);
                    return (error + model.Shift(probabilities[row], x)) / Math.Sqrt(model.Variance(x));
                }
            ),
        ];
        Array.Sort(scaled);
        return model with { Lower = Quantiles.OfSorted(scaled, (1 - level) / 2), Upper = Quantiles.OfSorted(scaled, (1 + level) / 2) };
    }

    public double Variance(ReadOnlySpan<double> features) => Scale * Math.Max(Kernels.Dot(Coefficients, features), 1e-12);

    /// <summary>Between which probabilities the true one lies.</summary>
    public (double Lower, double Upper) Bounds(double probability, ReadOnlySpan<double> features)
    {
        var deviation = Math.Sqrt(Variance(features));

        // The approximation of the shift is one for small variances; the probability itself stays inside.
        var shift = Math.Clamp(
            Shift(probability, features),
            MostShift * Math.Min(0, Lower) * deviation,
            MostShift * Math.Max(0, Upper) * deviation
        );
        var centre = Calibration.Logit(probability) - shift;
        return (Calibration.Sigmoid(centre + (Lower * deviation)), Calibration.Sigmoid(centre + (Upper * deviation)));
    }

    private double Shift(double probability, ReadOnlySpan<double> features) => Variance(features) * (1 - (2 * probability)) / 2;

    private static double Square(double value) => value * value;

    /// <summary>Least squares without negative coefficients, by coordinate descent on the normal equations.</summary>
    private static double[] NonNegative(
        double[] features,
        double[] squares,
        double[] before,
        double overall,
        CancellationToken cancellationToken
    )
    {
        var width = before.Length;
        var (gram, right) = (new double[width * width], new double[width]);
        for (var row = 0; row < squares.Length; row++)
        {
            if (row % RowsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var x = features.AsSpan(row * width, width);
            var variance = Math.Max(Kernels.Dot(before, x), overall / 100);
            var weight = 1 / (variance * variance);
            for (var i = 0; i < width; i++)
            {
                right[i] += weight * x[i] * squares[row];
                Kernels.AddScaled(weight * x[i], x, gram.AsSpan(i * width, width));
            }
        }

        var result = (double[])before.Clone();
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < width; i++)
            {
                var diagonal = gram[(i * width) + i];
                if (diagonal > 0)
                {
                    result[i] = Math.Max(0, result[i] + ((right[i] - Kernels.Dot(gram.AsSpan(i * width, width), result)) / diagonal));
                }
            }
        }

        return result;
    }
}
