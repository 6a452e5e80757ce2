using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Numerics;

public sealed class GammaFunctionTests
{
    // Made with Python's math.lgamma.
    [Theory]
    [InlineData(1e-8, 18.420680738180209)]
    [InlineData(0.1, 2.252712651734206)]
    [InlineData(0.5, 0.5723649429247001)]
    [InlineData(1, 0)]
    [InlineData(1.5, -0.12078223763524522)]
    [InlineData(2, 0)]
    [InlineData(10.25, 13.368023671476049)]
    [InlineData(1234.5, 7550.550901077896)]
    [InlineData(1e9, 19723265827.503716)]
    public void Its_logarithm_agrees_with_one_made_elsewhere(double x, double expected) =>
        GammaFunction.Log(x).ShouldBe(expected, 1e-12 * Math.Max(1, Math.Abs(expected)));

    [Fact]
    public void It_grows_by_a_factor_of_x()
    {
        for (var x = 0.013; x < 500; x *= 1.7)
        {
            (GammaFunction.Log(x + 1) - GammaFunction.Log(x)).ShouldBe(Math.Log(x), 1e-11 * Math.Max(1, GammaFunction.Log(x + 1)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void It_is_defined_above_0(double x) => Should.Throw<ArgumentOutOfRangeException>(() => GammaFunction.Log(x));
}
