using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Simulating;

/// <summary>
/// The best bid and ask of one symbol: a random walk by ticks, a spread that is mostly one tick, amounts that are mostly small. Quotes
/// arrive by chance (Poisson) at a rate that changes between calm and hurry and has the given average.
/// </summary>
internal sealed class SimulatedSymbol
{
    private const int TickPlaces = 2;
    private const int AmountPlaces = 3;
    private const double CalmShare = 0.8;
    private const double Calm = 0.5;
    private const double Hurried = (1 - (CalmShare * Calm)) / (1 - CalmShare);
    private const double SecondsOfMood = 0.5;

    private readonly Lock gate = new();
    private readonly Random random;
    private readonly double rate;
    private readonly byte[] head;
    private readonly int seed;
    private SimulatedBook? book;
    private long lastChange;
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
        (random, this.rate, this.seed, Symbol, UpdateId) = (new Random(seed), rate, seed, symbol, firstId - 1);
        Stream = SimulatorExchange.StreamOf(symbol);
        BookStream = SimulatorExchange.BookStreamOf(symbol);
        head = Encoding.UTF8.GetBytes($"[\"{JsonEncodedText.Encode(Stream, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\",");
        bid = (long)Math.Exp(4 + (7 * random.NextDouble()));
        (bidAmount, askAmount) = (Amount(random), Amount(random));
    }

    public string Symbol { get; }

    public string Stream { get; }

    /// <summary>The stream of the changes of its order book.</summary>
    public string BookStream { get; }

    /// <summary>Whether somebody has asked for its order book.</summary>
    public bool HasBook => book is not null;

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

    /// <summary>
    /// Writes the next quote as a frame: stream, number, microseconds since 1970, then price and amount of bid and of ask as text.
    /// </summary>
    /// <returns>How many bytes that are; at most 400.</returns>
    public int Next(long now, Span<byte> frame)
    {
        lock (gate)
        {
            Move();
            UpdateId++;
            book?.Follow(bid, bidAmount, bid + spread, askAmount);
        }

        head.CopyTo(frame);
        var length = head.Length;
        Whole(UpdateId, frame, ref length);
        frame[length++] = (byte)',';
        Whole(now, frame, ref length);
        Text(bid, TickPlaces, frame, ref length);
        Text(bidAmount, AmountPlaces, frame, ref length);
        Text(bid + spread, TickPlaces, frame, ref length);
        Text(askAmount, AmountPlaces, frame, ref length);
        frame[length++] = (byte)']';
        return length;
    }

    /// <summary>Keeps an order book from now on. It draws from numbers of its own: quotes are the same with it and without.</summary>
    public void OpenBook()
    {
        lock (gate)
        {
            if (book is not null)
            {
                return;
            }

            var opened = new SimulatedBook(new Random(~seed));
            opened.Follow(bid, bidAmount, bid + spread, askAmount);
            opened.ForgetChanges();
            (book, lastChange) = (opened, UpdateId);
        }
    }

    /// <summary>
    /// Writes what changed in the book since the last time as a frame: stream, first and last number, microseconds since 1970, bids, asks.
    /// </summary>
    public void WriteChanges(long now, Utf8JsonWriter json)
    {
        lock (gate)
        {
            json.WriteStartArray();
            json.WriteStringValue(BookStream);
            json.WriteNumberValue(lastChange + 1);
            json.WriteNumberValue(UpdateId);
            json.WriteNumberValue(now);
            book!.WriteChanges(json); // asked for: only a symbol that has a book is
            json.WriteEndArray();
            lastChange = UpdateId;
        }
    }

    /// <summary>Writes the book as it is after its last update.</summary>
    public void WriteSnapshot(Utf8JsonWriter json)
    {
        OpenBook();
        lock (gate)
        {
            json.WriteStartObject();
            json.WriteNumber("last", UpdateId);
            book!.WriteLevels(json); // opened above, and never closed
            json.WriteEndObject();
        }
    }

    /// <summary>Mostly little, sometimes much.</summary>
    public static long Amount(Random random) => 1 + (long)(100 * -Math.Log(1 - random.NextDouble()) * (1 + random.Next(20)));

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
            bidAmount = Amount(random);
        }
        else if (what < 90)
        {
            askAmount = Amount(random);
        }
        else
        {
            bid = Math.Max(10, bid + random.Next(-2, 3));
            spread = random.Next(10) < 8 ? 1 : random.Next(2, 6);
            (bidAmount, askAmount) = (Amount(random), Amount(random));
        }
    }

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
        } while (product > least);
        return count;
    }
}
