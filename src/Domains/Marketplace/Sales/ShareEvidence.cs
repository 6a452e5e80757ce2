using System.Runtime.InteropServices;
using Tradepost.Learning.Shrinkage;

namespace Tradepost.Marketplace.Sales;

/// <summary>Reviews and units of products as they become known, of which older ones count less: half as much after 30 days.</summary>
internal sealed class ShareEvidence(ProductTree tree)
{
    private const double HalfLife = 30;

    /// <summary>Days after which the strengths are learned anew: they move slowly, and learning them takes longest.</summary>
    private const int DaysOfStrengths = 28;

    private readonly List<RateCounts> counts = [];
    private int? origin;
    private ShareStrengths? strengths;
    private int learnedOn;

    public void Add(KnownStretch stretch)
    {
        origin ??= stretch.Last;
        while (counts.Count <= stretch.Product)
        {
            counts.Add(default);
        }

        counts[stretch.Product] += stretch.Counts * (stretch.Weight * double.Exp2((stretch.Last - origin.Value) / HalfLife));
    }

    /// <summary>The shares as they are known on a day; null before any are.</summary>
    public Shares? On(int day)
    {
        if (origin is not { } first)
        {
            return null;
        }

        var faded = new RateCounts[counts.Count];
        var weight = double.Exp2((first - day) / HalfLife);
        var all = CollectionsMarshal.AsSpan(counts);
        for (var i = 0; i < faded.Length; i++)
        {
            faded[i] = all[i] * weight;
        }

        var isFresh = strengths is not null && day - learnedOn < DaysOfStrengths;
        var shares = Shares.Of(tree, faded, isFresh ? strengths : null);
        if (!isFresh && shares is not null)
        {
            (strengths, learnedOn) = (shares.Strengths, day);
        }

        return shares;
    }
}
