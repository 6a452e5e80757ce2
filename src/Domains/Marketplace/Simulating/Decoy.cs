using Tradepost.Learning.Numerics;

namespace Tradepost.Marketplace.Simulating;

/// <summary>A decoy that a simulated marketplace shows.</summary>
/// <param name="Kind">What kind of a lie.</param>
/// <param name="Day">The first day of it, from 0.</param>
/// <param name="Length">For how many days.</param>
/// <param name="Number">Which of all decoys, from 0: what its products are drawn by.</param>
internal sealed record Decoy(DecoyKind Kind, int Day, int Length, int Number)
{
    private const int LongestDecoy = 4;

    public bool IsOn(int day) => day >= Day && day < Day + Length;

    /// <summary>Every kind so many times, on days that lie apart and after the first quarter.</summary>
    public static IReadOnlyList<Decoy> Plan(int days, int ofEachKind, int seed)
    {
        var random = new RandomStream(seed ^ 0x5EED_DEC0);
        var kinds = Enumerable.Repeat(Enum.GetValues<DecoyKind>(), ofEachKind).SelectMany(all => all).ToArray();
        for (var i = kinds.Length - 1; i > 0; i--)
        {
            var other = random.NextInt(i + 1);
            (kinds[i], kinds[other]) = (kinds[other], kinds[i]);
        }

        var first = Math.Max(days / 4, Math.Min(30, days / 2));
        var span = (double)(days - first - LongestDecoy) / Math.Max(kinds.Length, 1);
        return
        [
            .. kinds.Select(
                (kind, i) =>
                    new Decoy(
                        kind,
                        first + (int)((i + (0.4 * random.NextDouble())) * span),
                        kind == DecoyKind.MeaningChanged ? LongestDecoy : 1,
                        i
                    )
            ),
        ];
    }
}
