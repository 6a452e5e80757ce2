using Tradepost.Storage;

namespace Tradepost.Retail.Generation;

/// <summary>The time that a simulation lets pass: later than the first moment, up to and with the last.</summary>
internal sealed record ShopPeriod(int Seed, long From, long To)
{
    public int Days => (int)((To - From) / Moment.Day);

    public Dice Dice(DiceKind kind) => new(Seed, kind, From / Moment.Second);

    /// <summary>Some moment within.</summary>
    public long Any(ref Dice dice) => dice.Between(From + 1, To);

    /// <summary>The moment itself, or where it is past some moment of the first day.</summary>
    public long NotBefore(long moment, ref Dice dice) => moment > From ? moment : dice.Between(From + 1, Math.Min(From + Moment.Day, To));

    /// <summary>How many of a number something happens to that is this likely on a day: at least one.</summary>
    public int Some(long count, double likelyADay) => (int)Math.Min(count, Math.Max(1, Math.Round(count * likelyADay * Days)));
}
