namespace Tradepost.Trading.Candles;

/// <summary>A row of a file.</summary>
/// <param name="Line">Its number.</param>
/// <param name="Candle">What it says.</param>
/// <param name="VolumeStep">The place of its volume's last digit: 0.01 of 7.23.</param>
/// <param name="Unit">What its time is written in.</param>
/// <param name="HasOtherTime">Whether its second column of times says another time.</param>
internal readonly record struct CandleRow(long Line, Candle Candle, double VolumeStep, TimeUnit Unit, bool HasOtherTime)
{
    private const double Half = 0.5 + 1e-6; // what is rounded lies half a step away, and a little for the doubles

    /// <summary>Whether both say the same: equal prices, and volumes that differ by no more than they were rounded.</summary>
    public bool SaysTheSameAs(in CandleRow other) =>
        (Candle.Open, Candle.High, Candle.Low, Candle.Close) == (other.Candle.Open, other.Candle.High, other.Candle.Low, other.Candle.Close)
        && !(Math.Abs(Candle.Volume - other.Candle.Volume) > Half * Math.Max(VolumeStep, other.VolumeStep));
}
