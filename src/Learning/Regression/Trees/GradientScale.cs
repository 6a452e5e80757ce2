namespace Tradepost.Learning.Regression.Trees;

/// <summary>What 1 in a derivative is in a packed sum.</summary>
/// <remarks>
/// Powers of two, so that rounding in the total does not change them, and such that no sum of any rows leaves its half of the word.
/// A constant second derivative is counted: 1 a row.
/// </remarks>
internal readonly record struct GradientScale(double Gradient, double Second, bool IsSecondConstant)
{
    private const int Bits = 30;

    public static GradientScale Of(double totalGradient, double totalSecond, bool isSecondConstant) =>
        new(PowerOfTwo(totalGradient), isSecondConstant ? 1 : PowerOfTwo(totalSecond), isSecondConstant);

    private static double PowerOfTwo(double total) => total > 0 ? Math.ScaleB(1, Math.Clamp(Bits - 1 - Math.ILogB(total), -1000, 1000)) : 1;
}
