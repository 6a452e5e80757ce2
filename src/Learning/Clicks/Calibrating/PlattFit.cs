namespace Tradepost.Learning.Clicks.Calibrating;

/// <summary>Logistic regression on one variable with smoothed targets.</summary>
internal static class PlattFit
{
    private const int MaxSteps = 100;

    public static (double Slope, double Intercept) Solve(
        ReadOnlySpan<double> labels,
        ReadOnlySpan<double> logits,
        CancellationToken cancellationToken
    )
    {
        var clicks = 0.0;
        foreach (var label in labels)
        {
            clicks += label;
        }

        var others = labels.Length - clicks;
        var (high, low) = ((clicks + 1) / (clicks + 2), 1 / (others + 2));
        var (a, b) = (0.0, Math.Log((clicks + 1) / (others + 1)));
        var loss = Loss(labels, logits, a, b, high, low);
        for (var step = 0; step < MaxSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (da, db) = Direction(labels, logits, a, b, high, low);
            var size = 1.0;
            var next = Loss(labels, logits, a + da, b + db, high, low);
            for (; next > loss && size > 1e-6; size /= 2)
            {
                cancellationToken.ThrowIfCancellationRequested();
                next = Loss(labels, logits, a + (size / 2 * da), b + (size / 2 * db), high, low);
            }

            if (next > loss)
            {
                break;
            }

            (a, b) = (a + (size * da), b + (size * db));
            var gain = loss - next;
            loss = next;
            if (gain < 1e-12 * labels.Length)
            {
                break;
            }
        }

        return (a, b);
    }

    private static double Loss(ReadOnlySpan<double> labels, ReadOnlySpan<double> logits, double a, double b, double high, double low)
    {
        var sum = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            var z = (a * logits[i]) + b;
            sum += Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))) - ((labels[i] == 1 ? high : low) * z);
        }

        return sum;
    }

    /// <summary>Newton's step.</summary>
    private static (double A, double B) Direction(
        ReadOnlySpan<double> labels,
        ReadOnlySpan<double> logits,
        double a,
        double b,
        double high,
        double low
    )
    {
        var (ga, gb, haa, hab, hbb) = (0.0, 0.0, 1e-12, 0.0, 1e-12);
        for (var i = 0; i < labels.Length; i++)
        {
            var p = Calibration.Sigmoid((a * logits[i]) + b);
            var (difference, weight) = (p - (labels[i] == 1 ? high : low), p * (1 - p));
            (ga, gb) = (ga + (difference * logits[i]), gb + difference);
            (haa, hab, hbb) = (haa + (weight * logits[i] * logits[i]), hab + (weight * logits[i]), hbb + weight);
        }

        var determinant = (haa * hbb) - (hab * hab);
        return determinant > 1e-12 * haa * hbb
            ? (((hab * gb) - (hbb * ga)) / determinant, ((hab * ga) - (haa * gb)) / determinant)
            : (0, -gb / hbb);
    }
}
