using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Tradepost.Learning.Regression.Linear;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>log(1 + e^F) − yF for y of 0 and 1.</summary>
internal sealed class LogisticLoss : BoostingLoss
{
    public override bool IsSecondConstant => false;

    public override double Baseline(ReadOnlySpan<double> y) => Raw(ScaledColumns.Mean(y));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Derivatives(ReadOnlySpan<double> y, ReadOnlySpan<double> raw, Span<double> first, Span<double> second)
    {
        var row = 0;
        for (; row <= y.Length - 8; row += 8)
        {
            var p = Vector512<double>.One / (Vector512<double>.One + Vector512.Exp(-Vector512.Create(raw[row..])));
            (p - Vector512.Create(y[row..])).CopyTo(first[row..]);
            (p * (Vector512<double>.One - p)).CopyTo(second[row..]);
        }

        for (; row < y.Length; row++)
        {
            var p = Predict(raw[row]);
            (first[row], second[row]) = (p - y[row], p * (1 - p));
        }
    }

    public override double Loss(double y, double raw) => Math.Log(1 + Math.Exp(-Math.Abs(raw))) + Math.Max(raw, 0) - (y * raw);

    public override double Predict(double raw) => 1 / (1 + Math.Exp(-raw));

    public override double Raw(double prediction) => Math.Log(prediction / (1 - prediction));

    public override void Check(ReadOnlySpan<double> target) => InputRules.CheckLabels(target, needsBoth: true);
}
