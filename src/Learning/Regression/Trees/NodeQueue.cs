namespace Tradepost.Learning.Regression.Trees;

/// <summary>Nodes that may be divided: the greatest gain first, earlier nodes before later ones, or simply the latest.</summary>
internal sealed class NodeQueue(bool byGain)
{
    private readonly PriorityQueue<GrowingNode, (double Gain, int Number)> queue = new();
    private int added;

    public void Add(GrowingNode node)
    {
        added++;
        queue.Enqueue(node, byGain ? (-node.Best.Gain, added) : (0, -added));
    }

    /// <summary>False when no node is left; a node without a split is given, too, to be put away.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out GrowingNode? node) => queue.TryDequeue(out node, out _);
}
