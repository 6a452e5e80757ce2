using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Numerics;

public sealed class LbfgsTests
{
    [Fact]
    public void The_valley_of_Rosenbrock_is_followed_to_its_end()
    {
        var result = Lbfgs.Minimise(Rosenbrock, [-1.2, 1, -1.2, 1], cancellationToken: TestContext.Current.CancellationToken);

        result.Converged.ShouldBeTrue();
        result.X.ShouldAllBe(x => Math.Abs(x - 1) < 1e-4);
        result.Value.ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void It_backs_out_of_where_the_function_is_not_defined()
    {
        var result = Lbfgs.Minimise(
            (x, gradient) => (x[0] - Math.Log(x[0]), gradient[0] = 1 - (1 / x[0])).Item1,
            [0.01],
            new LbfgsOptions { InitialStep = 1 },
            TestContext.Current.CancellationToken
        );

        result.X[0].ShouldBe(1, 1e-4);
    }

    [Fact]
    public void A_start_without_a_value_is_refused()
    {
        Should.Throw<ArgumentException>(() => Lbfgs.Minimise((_, _) => double.NaN, [1])).ParamName.ShouldBe("start");
    }

    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        gradient.Clear();
        var sum = 0.0;
        for (var i = 0; i + 1 < x.Length; i += 2)
        {
            var (a, b) = (1 - x[i], x[i + 1] - (x[i] * x[i]));
            sum += (a * a) + (100 * b * b);
            gradient[i] = (-2 * a) - (400 * x[i] * b);
            gradient[i + 1] = 200 * b;
        }

        return sum;
    }
}
