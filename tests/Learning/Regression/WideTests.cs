using Tradepost.Learning.Numerics;
using Tradepost.Learning.Regression;
using Tradepost.Learning.Regression.Linear;

namespace Tradepost.Learning.Tests.Regression;

/// <summary>Linear models where columns are more than rows, or many and dependent: solved in the smaller dimension, to the same answer.</summary>
public sealed class WideTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<int, int, double, bool> Shapes =>
        [
            .. from shape in new (int Rows, int Columns)[] { (20, 200), (60, 61), (40, 45), (2, 7) }
            from alpha in new[] { 0, 0.1, 10 }
            from intercept in new[] { true, false }
            select (shape.Rows, shape.Columns, alpha, intercept),
        ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void An_unknown_per_row_and_an_unknown_per_column_give_the_same_model(int rows, int columns, double alpha, bool intercept)
    {
        var (table, target) = Noise(rows, columns);

        var byRows = RowRidge.Fit("ridge", table, target, alpha, intercept, 1, Cancelled);
        var byColumns = Ridge.FitByColumns("ridge", table, target, alpha, intercept, 1, Cancelled);

        var size = byColumns.Coefficients.Max(Math.Abs);
        byRows.Coefficients.Zip(byColumns.Coefficients).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= 1e-10 * size);
        byRows.Intercept.ShouldBe(byColumns.Intercept, 1e-10 * (1 + Math.Abs(byColumns.Intercept)));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(1)]
    public void The_same_holds_where_rows_are_more_than_columns(double alpha)
    {
        var (table, target) = Noise(80, 12);

        var byRows = RowRidge.Fit("ridge", table, target, alpha, true, 1, Cancelled);
        var byColumns = Ridge.FitByColumns("ridge", table, target, alpha, true, 1, Cancelled);

        byRows.Coefficients.Zip(byColumns.Coefficients).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= 1e-10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Twenty_rows_of_twenty_thousand_columns_are_fitted_to_the_optimum(int threads)
    {
        var (table, target) = Noise(20, 20_000);

        var model = Ridge.Fit(table, target, new RidgeOptions { Alpha = 3, NJobs = threads }, Cancelled);

        var left = target.Zip(model.Predict(table, Cancelled), (y, p) => y - p).ToArray();
        left.Sum().ShouldBe(0, 1e-9);
        for (var column = 0; column < table.Names.Count; column++)
        {
            (Kernels.Dot(table.Column(column), left) - (3 * model.Coefficients[column])).ShouldBe(0, 1e-9);
        }
    }

    [Fact]
    public void Least_squares_with_more_columns_than_rows_meets_every_row_and_leaves_constant_columns_out()
    {
        var (table, target) = Noise(30, 500);
        double[][] columns = [.. Enumerable.Range(0, 500).Select(column => table.Column(column).ToArray())];
        columns[7].AsSpan().Fill(4);

        var model = LinearRegression.Fit(new FeatureTable(table.Names, columns), target, cancellationToken: Cancelled);

        model.Coefficients[7].ShouldBe(0);
        var predicted = model.Predict(new FeatureTable(table.Names, columns), Cancelled);
        predicted.Zip(target).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
    }

    [Fact]
    public void Rows_given_twice_and_a_target_that_differs_are_met_in_the_middle()
    {
        var (table, target) = Noise(10, 40);
        int[] twice = [.. Enumerable.Range(0, 10), .. Enumerable.Range(0, 10)];
        double[] targets = [.. target.Select(y => y + 1), .. target.Select(y => y - 1)];

        var model = LinearRegression.Fit(table.Take(twice), targets, cancellationToken: Cancelled);

        model.Predict(table, Cancelled).Zip(target).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-8);
    }

    [Fact]
    public void Many_columns_that_depend_on_each_other_share_their_effect()
    {
        var (table, target) = Noise(600, 150);
        double[][] columns = [.. Enumerable.Range(0, 150).Select(column => table.Column(column).ToArray())];
        double[][] larger = [.. columns.Select(column => column.Select(value => 10 * value).ToArray())];
        var names = Enumerable.Range(0, 300).Select(column => $"x{column}").ToArray();

        var alone = LinearRegression.Fit(table, target, cancellationToken: Cancelled);
        var model = LinearRegression.Fit(new FeatureTable(names, [.. columns, .. larger]), target, cancellationToken: Cancelled);

        for (var column = 0; column < 150; column++)
        {
            model.Coefficients[column].ShouldBe(alone.Coefficients[column] / 2, 1e-9);
            model.Coefficients[150 + column].ShouldBe(alone.Coefficients[column] / 20, 1e-9);
        }
    }

    [Fact]
    public void The_shortest_solution_by_pivots_is_that_by_eigenvalues()
    {
        const int Size = 40;
        var (table, _) = Noise(15, Size);
        double[] columns = [.. Enumerable.Range(0, Size).SelectMany(column => table.Column(column).ToArray())];
        var (gram, right) = (new double[Size * Size], new double[Size]);
        Kernels.Gram(columns, 15, Size, gram, Cancelled);
        for (var i = 0; i < Size; i++)
        {
            right[i] = Kernels.Dot(gram.AsSpan(i * Size, Size), gram.AsSpan(0, Size));
        }

        var rank = RankFactor.Of(gram, Size, 1e-11, Cancelled);
        var byPivots = rank.SolveShortest(right);
        var byEigenvalues = SymmetricEigen.Of(gram, Size, Cancelled).SolveShortest(right, 1e-11);

        rank.Rank.ShouldBe(15);
        byPivots.Zip(byEigenvalues).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-9);
    }

    [Theory]
    [InlineData(0.5, 1.0)]
    [InlineData(0.01, 0.5)]
    [InlineData(0.01, 0.05)]
    [InlineData(0.0001, 0.01)]
    public void An_elastic_net_with_more_columns_than_rows_reaches_the_optimum(double alpha, double share)
    {
        var (table, target) = Noise(30, 600);

        var model = ElasticNet.Fit(table, target, new ElasticNetOptions { Alpha = alpha, L1Ratio = share }, Cancelled);

        var left = target.Zip(model.Predict(table, Cancelled), (y, p) => y - p).ToArray();
        for (var column = 0; column < table.Names.Count; column++)
        {
            var w = model.Coefficients[column];
            var pull = (Kernels.Dot(table.Column(column), left) / left.Length) - (alpha * (1 - share) * w);
            (w == 0 ? Math.Max(0, Math.Abs(pull) - (alpha * share)) : pull - (alpha * share * Math.Sign(w))).ShouldBe(0, 1e-5);
        }
    }

    private static (FeatureTable Table, double[] Target) Noise(int rows, int columns)
    {
        var random = new RandomStream(rows + columns);
        double[][] values =
        [
            .. Enumerable
                .Range(0, columns)
                .Select(column => Enumerable.Range(0, rows).Select(_ => (1 + (column % 7)) * random.NextNormal()).ToArray()),
        ];
        return (
            new FeatureTable([.. Enumerable.Range(0, columns).Select(column => $"x{column}")], values),
            [.. Enumerable.Range(0, rows).Select(_ => 5 + random.NextNormal())]
        );
    }
}
