using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>Drawing without putting back.</summary>
internal static class Sampling
{
    /// <summary>Marks exactly so many of the items, each set of them equally likely (C. Fan and others 1962).</summary>
    public static bool[] Choose(int items, int count, RandomStream random)
    {
        var chosen = new bool[items];
        for (int item = 0, wanted = count; item < items && wanted > 0; item++)
        {
            if (wanted == items - item || random.NextInt(items - item) < wanted)
            {
                chosen[item] = true;
                wanted--;
            }
        }

        return chosen;
    }
}
