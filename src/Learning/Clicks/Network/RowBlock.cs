namespace Tradepost.Learning.Clicks.Network;

/// <summary>Rows of encoded clicks, one after another in arrays that may hold more.</summary>
/// <param name="Ids">Rows × slots: which embedding each slot has; −1 in a slot that a row does not use.</param>
/// <param name="Weights">Rows × slots: what each embedding is multiplied with; null when that is 1 everywhere and no slot is
/// unused.</param>
/// <param name="Labels">0 or 1 per row; empty where only logits are wanted.</param>
/// <param name="Order">Which rows are meant; null for all in their order.</param>
internal readonly record struct RowBlock(int[] Ids, float[]? Weights, byte[] Labels, int[]? Order)
{
    public int this[int position] => Order is null ? position : Order[position];
}
