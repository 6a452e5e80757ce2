using Tradepost.Learning.Forecasting;

namespace Tradepost.Learning.Tests.Forecasting;

public sealed class StanPosteriorTests
{
    private const int Rows = 120;
    private static readonly double[] Changepoints = [0.2, 0.4, 0.4, 0.7];

    [Theory]
    [InlineData(Growth.Linear)]
    [InlineData(Growth.Logistic)]
    [InlineData(Growth.Flat)]
    public void The_gradient_is_that_of_the_value(Growth growth)
    {
        var posterior = new StanPosterior(Problem(growth), Changepoints);
        var x = Point(posterior);
        var gradient = new double[x.Length];
        posterior.Evaluate(x, gradient);

        for (var i = 0; i < x.Length; i++)
        {
            gradient[i].ShouldBe((At(i, 1e-6) - At(i, -1e-6)) / 2e-6, 1e-5 * Math.Max(1, Math.Abs(gradient[i])));
        }

        double At(int i, double step) => posterior.Evaluate([.. x[..i], x[i] + step, .. x[(i + 1)..]], new double[x.Length]);
    }

    [Theory]
    [InlineData(Growth.Linear)]
    [InlineData(Growth.Logistic)]
    public void The_value_is_the_objective_of_the_problem(Growth growth)
    {
        var problem = Problem(growth);
        var posterior = new StanPosterior(problem, Changepoints);
        var x = Point(posterior);

        var value = posterior.Evaluate(x, new double[x.Length]);

        value.ShouldBe(problem.Objective(posterior.Parameters(x)), 1e-10 * Math.Abs(value));
    }

    // As Eigen 3.3 cuts so many rows where the first cache has 48 KiB.
    [Theory]
    [InlineData(144, 144)]
    [InlineData(760, 760)]
    [InlineData(1000, 504)]
    [InlineData(1500, 752)]
    [InlineData(1520, 760)]
    [InlineData(2000, 672)]
    [InlineData(2905, 728)]
    [InlineData(3270, 656)]
    [InlineData(18000, 752)]
    public void Rows_are_cut_into_blocks_as_even_as_their_number_allows(int rows, int block)
    {
        BlockedSums.BlockOf(rows).ShouldBe(block);
    }

    [Theory]
    [InlineData(500, 1)]
    [InlineData(2000, 7)]
    [InlineData(800, 32)]
    public void A_product_with_the_transpose_adds_rows_within_blocks_and_then_the_blocks(int rows, int columns)
    {
        var random = new Random(5);
        var stride = BlockedSums.StrideOf(columns);
        var matrix = new double[rows * stride];
        Array.ConvertAll(matrix, _ => random.NextDouble()).CopyTo(matrix, 0);
        var v = Array.ConvertAll(new double[rows], _ => random.NextDouble() - 0.5);
        var sums = new double[stride];

        BlockedSums.TransposedProduct(matrix, v, sums);

        for (var j = 0; j < columns; j++)
        {
            var blocks = Enumerable
                .Range(0, rows)
                .Chunk(BlockedSums.BlockOf(rows))
                .Select(block => block.Aggregate(0.0, (sum, i) => sum + (matrix[(i * stride) + j] * v[i])));
            sums[j].ShouldBe(blocks.Aggregate(0.0, (sum, block) => sum + block));
        }
    }

    private static MapProblem Problem(Growth growth)
    {
        var t = Enumerable.Range(0, Rows).Select(i => i / (Rows - 1.0)).ToArray();
        FeatureColumn[] columns =
        [
            new("a", "season", null, 10, SeasonalityMode.Additive),
            new("b", "season", null, 0.5, SeasonalityMode.Multiplicative),
            new("c", "season", null, 2, SeasonalityMode.Additive),
        ];
        double[] features =
        [
            .. t.Select(time => Math.Sin(40 * time)),
            .. t.Select(time => Math.Cos(40 * time)),
            .. t.Select(time => time > 0.5 ? 1.0 : 0),
        ];
        var caps = growth == Growth.Logistic ? Array.ConvertAll(t, time => 1.2 + (0.1 * time)) : null;
        return new MapProblem(
            growth,
            t,
            Array.ConvertAll(t, time => 0.3 + (0.4 * time) + (0.05 * Math.Sin(300 * time))),
            caps,
            Changepoints,
            0.05,
            features,
            columns
        );
    }

    private static double[] Point(StanPosterior posterior)
    {
        var random = new Random(3);
        return Array.ConvertAll(posterior.Start(), value => value + (0.4 * random.NextDouble()) + 0.1);
    }
}
