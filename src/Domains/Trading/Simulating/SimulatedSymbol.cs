using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Tradepost.Trading.Simulating;

/// <summary>
/// The best bid and ask of one symbol: a random walk by ticks, a spread that is mostly one tick, amounts that are mostly small. Quotes arrive by
/// chance (Poisson) at a rate that changes between calm and hurry and has the given average.
/// </summary>
internal sealed class SimulatedSymbol
{
    private const int TickPlaces = 2;
    private const int AmountPlaces = 3;
    private const double CalmShare = 0.8;
    private const double Calm = 0.5;
    private const double Hurried = (1 - (CalmShare * Calm)) / (1 - CalmShare);
    private const double SecondsOfMood = 0.5;

    private readonly Random random;
    private readonly double rate;
    private readonly byte[] head;
    private long bid;
    private long bidAmount;
    private long askAmount;
    private int spread = 1;
    private double mood = Calm;
    private double untilMood;

    /// <summary>Draws where it begins.</summary>
    /// <param name="firstId">The number of its first update; later ones follow.</param>
    public SimulatedSymbol(string symbol, double rate, int seed, long firstId)
    {
        (random, this.rate, UpdateId) = (new Random(seed), rate, firstId - 1);
        Stream = SimulatorExchange.StreamOf(symbol);
        head = Encoding.UTF8.GetBytes($"[\"{Stream}\",");
        bid = (long)Math.Exp(4 + (7 * random.NextDouble()));
        (bidAmount, askAmount) = (Amount(), Amount());
    }

    public string Stream { get; }

    public long UpdateId { get; private set; }

    /// <summary>How many quotes come within a time.</summary>
    public int Arrivals(double seconds)
    {
        untilMood -= seconds;
        if (untilMood <= 0)
        {
            mood = random.NextDouble() < CalmShare ? Calm : Hurried;
            untilMood = SecondsOfMood * -Math.Log(1 - random.NextDouble());
        }

        return Poisson(rate * mood * seconds);
    }

    /// <summary>Writes the next quote as a frame: stream, number, microseconds since 1970, then price and amount of bid and of ask as text.</summary>
    /// <returns>How many bytes that are; at most 200.</returns>
    public int Next(long now, Span<byte> frame)
    {
        Move();
        head.CopyTo(frame);
        var length = head.Length;
        Whole(++UpdateId, frame, ref length);
        frame[length++] = (byte)',';
        Whole(now, frame, ref length);
        Text(bid, TickPlaces, frame, ref length);
        Text(bidAmount, AmountPlaces, frame, ref length);
        Text(bid + spread, TickPlaces, frame, ref length);
        Text(askAmount, AmountPlaces, frame, ref length);
        frame[length++] = (byte)']';
        return length;
    }

    private static void Whole(long value, Span<byte> frame, ref int length)
    {
        value.TryFormat(frame[length..], out var written, default, CultureInfo.InvariantCulture);
        length += written;
    }

    private static void Text(long value, int places, Span<byte> frame, ref int length)
    {
        var unit = places == TickPlaces ? 100 : 1000;
        var (whole, fraction) = Math.DivRem(value, unit);
        frame[length++] = (byte)',';
        frame[length++] = (byte)'"';
        Whole(whole, frame, ref length);
        frame[length++] = (byte)'.';
        Utf8Formatter.TryFormat(fraction, frame[length..], out var written, new System.Buffers.StandardFormat('D', (byte)places));
        length += written;
        frame[length++] = (byte)'"';
    }

    /// <summary>Mostly an amount changes, seldom the price.</summary>
    private void Move()
    {
        var what = random.Next(100);
        if (what < 45)
        {
            bidAmount = Amount();
        }
        else if (what < 90)
        {
            askAmount = Amount();
        }
        else
        {
            bid = Math.Max(10, bid + random.Next(-2, 3));
            spread = random.Next(10) < 8 ? 1 : random.Next(2, 6);
            (bidAmount, askAmount) = (Amount(), Amount());
        }
    }

    private long Amount() => 1 + (long)(100 * -Math.Log(1 - random.NextDouble()) * (1 + random.Next(20)));

    /// <summary>By Knuth's product where little is expected, by the normal distribution where much is.</summary>
    private int Poisson(double expected)
    {
        if (expected > 50)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            return Math.Max(0, (int)Math.Round(expected + (Math.Sqrt(expected) * normal)));
        }

        var (count, product, least) = (-1, 1.0, Math.Exp(-expected));
        do
        {
            product *= random.NextDouble();
            count++;
        }
        while (product > least);
        return count;
    }
}
