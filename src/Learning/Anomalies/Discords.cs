namespace Tradepost.Learning.Anomalies;

/// <summary>
/// How far each situation of a whole series is from the nearest one at another time, in one scale: its discord (D. Yankov, E. Keogh, U.
/// Rebbapragada, Disk aware discord discovery, KAIS 2008), over at most a thousand representatives instead of all pairs.
/// </summary>
internal sealed class Discords(float[] situations, float[] weights, float vigilance, int exclusion)
{
    private const int Features = SituationMemory.Features;
    private const int Capacity = 1024;
    private const float Greatest = 4;

    private readonly List<(int Row, int First, int Last)> known = [];
    private readonly int rows = situations.Length / Features;

    public void Add(Span<double> novelties, CancellationToken cancellationToken)
    {
        for (var row = 0; row < rows; row++)
        {
            Represent(row);
            cancellationToken.ThrowIfCancellationRequested();
        }

        for (var row = 0; row < rows; row++)
        {
            novelties[row] += Elsewhere(row);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private void Represent(int row)
    {
        var (nearest, least) = (-1, float.MaxValue);
        for (var i = 0; i < known.Count; i++)
        {
            var distance = Distance(row, known[i].Row, least);
            (nearest, least) = distance < least ? (i, distance) : (nearest, least);
        }

        if (least > vigilance && known.Count < Capacity)
        {
            known.Add((row, row, row));
        }
        else
        {
            known[nearest] = known[nearest] with { Last = row };
        }
    }

    private double Elsewhere(int row)
    {
        var (least, hasOther) = (Greatest, false);
        foreach (var (at, first, last) in known)
        {
            if (Math.Abs(row - first) > exclusion || Math.Abs(row - last) > exclusion)
            {
                (least, hasOther) = (Math.Min(least, Distance(row, at, least)), true);
            }
        }

        return hasOther ? least : 0;
    }

    private float Distance(int row, int other, float enough)
    {
        var greatest = 0f;
        for (var j = 0; j < Features && greatest < enough; j++)
        {
            greatest = Math.Max(greatest, Math.Abs(situations[(row * Features) + j] - situations[(other * Features) + j]) * weights[j]);
        }

        return greatest;
    }
}
