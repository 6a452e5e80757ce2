namespace Tradepost.Trading.Watching;

/// <summary>How far bid and ask are apart.</summary>
internal static class Spreads
{
    /// <summary>In ten thousandths of the middle of both.</summary>
    public static double BasisPoints(double bid, double ask) => bid + ask == 0 ? 0 : (ask - bid) / ((ask + bid) / 2) * 10_000;
}
