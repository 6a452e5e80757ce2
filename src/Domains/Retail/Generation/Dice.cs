namespace Tradepost.Retail.Generation;

/// <summary>
/// Random numbers of one entity: SplitMix64 (Steele, Lea, Flood 2014) started from seed, kind and id. Any row can be made
/// alone and in any order, so nothing has to be kept while millions are written.
/// </summary>
internal struct Dice(int seed, DiceKind kind, long id)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong state = Mix(Mix((ulong)(uint)seed + Step) ^ Mix(((ulong)kind << 56) + (ulong)id));

    public ulong Next() => Mix(state += Step);

    /// <summary>At least 0 and below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>From 0 to limit − 1.</summary>
    public int Below(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    public long Between(long from, long to) => from + (long)(Unit() * (to - from));

    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
