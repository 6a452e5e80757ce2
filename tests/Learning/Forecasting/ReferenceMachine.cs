using System.Runtime.Intrinsics.X86;

namespace Tradepost.Learning.Tests.Forecasting;

/// <summary>
/// Where R made the reference results. Stan's L-BFGS amplifies the last bit, and the C library's exp, log, sin and cos round otherwise without
/// fused multiplication: R itself then ends elsewhere.
/// </summary>
internal static class ReferenceMachine
{
    public static bool HasItsFunctions => OperatingSystem.IsLinux() && Fma.IsSupported;
}
