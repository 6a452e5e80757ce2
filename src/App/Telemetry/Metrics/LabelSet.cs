namespace Tradepost.App.Telemetry.Metrics;

/// <summary>The labels of one series, compared without allocating.</summary>
internal static class LabelSet
{
    public static int HashOf(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var hash = labels.Length;
        foreach (var (name, value) in labels)
        {
            // The order in which labels are given must not matter.
            hash += HashCode.Combine(name, value);
        }

        return hash;
    }

    /// <summary>Whether they are the very same objects in the same order, as they are when the same code measures again.</summary>
    public static bool AreIdentical(ReadOnlySpan<KeyValuePair<string, object?>> one, KeyValuePair<string, object?>[] other)
    {
        if (one.Length != other.Length)
        {
            return false;
        }

        for (var i = 0; i < one.Length; i++)
        {
            if (!ReferenceEquals(one[i].Value, other[i].Value) || !ReferenceEquals(one[i].Key, other[i].Key))
            {
                return false;
            }
        }

        return true;
    }

    public static bool AreSame(ReadOnlySpan<KeyValuePair<string, object?>> one, KeyValuePair<string, object?>[] other)
    {
        if (one.Length != other.Length)
        {
            return false;
        }

        foreach (var label in one)
        {
            if (!Contains(other, label))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Contains(KeyValuePair<string, object?>[] labels, KeyValuePair<string, object?> label)
    {
        foreach (var (name, value) in labels)
        {
            if (name == label.Key && Equals(value, label.Value))
            {
                return true;
            }
        }

        return false;
    }
}
