using System.Text;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>Trees as bytes, little-endian: their number, and of each nodes and sets of categories.</summary>
internal static class TreeBytes
{
    public static byte[] Write(DecisionTree[] trees)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(trees.Length);
        foreach (var tree in trees)
        {
            writer.Write(tree.Nodes.Length);
            foreach (var node in tree.Nodes)
            {
                writer.Write(node.Feature);
                writer.Write(node.Number);
                if (node.Feature >= 0)
                {
                    writer.Write(node.Right);
                    writer.Write(node.Categories);
                    writer.Write(node.MissingLeft);
                }
            }

            writer.Write(tree.Categories.Length);
            foreach (var set in tree.Categories)
            {
                writer.Write(set.Known.Length);
                for (var i = 0; i < set.Known.Length; i++)
                {
                    writer.Write(set.Known[i]);
                    writer.Write(set.Left[i]);
                }
            }
        }

        return stream.ToArray();
    }

    public static DecisionTree[] Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        var trees = new DecisionTree[reader.ReadInt32()];
        for (var i = 0; i < trees.Length; i++)
        {
            trees[i] = ReadTree(reader);
        }

        return trees;
    }

    private static DecisionTree ReadTree(BinaryReader reader)
    {
        var nodes = new TreeNode[reader.ReadInt32()];
        for (var i = 0; i < nodes.Length; i++)
        {
            var (feature, number) = (reader.ReadInt32(), reader.ReadDouble());
            nodes[i] =
                feature < 0
                    ? new TreeNode(number, -1, -1, -1, false)
                    : new TreeNode(number, feature, reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean());
        }

        var sets = new CategorySet[reader.ReadInt32()];
        for (var i = 0; i < sets.Length; i++)
        {
            var count = reader.ReadInt32();
            var set = sets[i] = new CategorySet(new int[count], new bool[count]);
            for (var k = 0; k < count; k++)
            {
                (set.Known[k], set.Left[k]) = (reader.ReadInt32(), reader.ReadBoolean());
            }
        }

        return new DecisionTree(nodes, sets);
    }
}
