namespace Tradepost.Learning.Regression.Trees;

/// <summary>The categories that a division knows, and which of them go left.</summary>
/// <param name="Known">Codes, upwards.</param>
/// <param name="Left">For each whether it goes left.</param>
internal sealed record CategorySet(int[] Known, bool[] Left)
{
    public bool GoesLeft(double value, bool otherwise) => Array.BinarySearch(Known, (int)value) is >= 0 and var at ? Left[at] : otherwise;
}
