namespace Tradepost.Learning.Regression.Trees;

/// <summary>How the rows of a node are divided.</summary>
/// <param name="Feature">The column; −1: not at all.</param>
/// <param name="Bin">Rows in bins up to this go left; of categories, as many as come first in their order.</param>
/// <param name="Gain">How much the objective falls, in units of the packed sums.</param>
/// <param name="MissingLeft">Where missing values go.</param>
/// <param name="Left">The sum over the rows that go left.</param>
/// <param name="Categories">Which bins go left, for categories.</param>
internal readonly record struct Split(int Feature, int Bin, double Gain, bool MissingLeft, long Left, byte[]? Categories)
{
    public static readonly Split None = new(-1, 0, 0, false, 0, null);

    public bool IsBetterThan(Split other) =>
        Gain > other.Gain || (Gain == other.Gain && Feature >= 0 && (other.Feature < 0 || Feature < other.Feature));

    /// <summary>Writes 1 for bins whose rows go left and 0 for the others.</summary>
    public void FillGoesLeft(Span<byte> goesLeft)
    {
        if (Categories is { } categories)
        {
            categories.CopyTo(goesLeft);
        }
        else
        {
            goesLeft[..(Bin + 1)].Fill(1);
            goesLeft[(Bin + 1)..].Clear();
        }

        goesLeft[FeatureBins.Missing] = MissingLeft ? (byte)1 : (byte)0;
    }
}
