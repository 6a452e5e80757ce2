using Tradepost.Learning.Clicks.Network;

namespace Tradepost.Learning.Clicks.Encoding;

/// <summary>Rows as a network reads them: a fixed number of ids each.</summary>
internal sealed record EncodedRows(int Count, int Slots, int[] Ids, float[]? Weights, byte[] Labels)
{
    public RowBlock Block => new(Ids, Weights, Labels, null);
}
