namespace Tradepost.Benchmarks.Measuring;

/// <summary>One run of a program: how long it took, what it used, and what it printed.</summary>
/// <param name="Seconds">By the clock; what the program itself reports where it does, else from start to end of the process.</param>
/// <param name="CpuSeconds">User and system time of the process, which for a client does not include the server's.</param>
/// <param name="PeakMegabytes">The largest resident set.</param>
/// <param name="Output">Standard output.</param>
internal sealed record Measurement(double Seconds, double CpuSeconds, double PeakMegabytes, string Output);
