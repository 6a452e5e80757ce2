using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Budgets.Fitting;

/// <summary>What is left of a series when everything is taken out that a constant and the controls explain: modified Gram and Schmidt, twice.</summary>
internal sealed class Projection
{
    private const double Dependent = 1e-9;

    private readonly List<double[]> directions = [];

    public Projection(int periods, IReadOnlyList<IReadOnlyList<double>> controls)
    {
        Add([.. Enumerable.Repeat(1.0, periods)]);
        foreach (var control in controls)
        {
            Add([.. control]);
        }
    }

    /// <summary>How many directions are taken out.</summary>
    public int Count => directions.Count;

    public void Apply(Span<double> series)
    {
        foreach (var direction in directions)
        {
            Kernels.AddScaled(-Kernels.Dot(direction, series), direction, series);
        }
    }

    private void Add(double[] series)
    {
        var before = Math.Sqrt(Kernels.Dot(series, series));
        Apply(series);
        Apply(series);
        var length = Math.Sqrt(Kernels.Dot(series, series));
        if (length > Dependent * before)
        {
            Sums.Multiply(series, 1 / length);
            directions.Add(series);
        }
    }
}
