namespace Tradepost.Marketplace.Monitoring;

/// <summary>What a site's robots.txt allows (RFC 9309): the longest rule that fits an address decides, and allowing wins a tie.</summary>
internal sealed class Robots
{
    private readonly List<(string Pattern, bool Allows)> rules = [];

    /// <summary>A site without rules.</summary>
    public static Robots Free { get; } = new();

    /// <summary>A site that lets nobody in, as one that cannot be asked counts.</summary>
    public static Robots Closed { get; } = new() { rules = { ("/", false) } };

    /// <summary>The pause between requests that the site asks for; null where it asks for none.</summary>
    public TimeSpan? Delay { get; private set; }

    /// <summary>Takes the rules for a name out of the text of a robots.txt; those for everybody where the name has none.</summary>
    public static Robots Parse(string text, string agent)
    {
        var (own, all) = (new Robots(), new Robots());
        var (isOwn, isAll, inNames, hasOwn) = (false, false, false, false);
        foreach (var line in text.Split('\n'))
        {
            var rule = line.Split('#')[0];
            if (rule.IndexOf(':', StringComparison.Ordinal) is var colon && colon < 0)
            {
                continue;
            }

            var (key, value) = (rule[..colon].Trim().ToLowerInvariant(), rule[(colon + 1)..].Trim());
            if (key == "user-agent")
            {
                if (!inNames)
                {
                    (isOwn, isAll) = (false, false);
                }

                inNames = true;
                isAll |= value == "*";
                isOwn |= value.Length > 0 && value != "*" && agent.StartsWith(value, StringComparison.OrdinalIgnoreCase);
                hasOwn |= isOwn;
                continue;
            }

            inNames = false;
            if (isOwn)
            {
                own.Add(key, value);
            }

            if (isAll)
            {
                all.Add(key, value);
            }
        }

        return hasOwn ? own : all;
    }

    /// <summary>Whether an address, its path with its query, may be asked for.</summary>
    public bool Allows(string address)
    {
        var (longest, allows) = (-1, true);
        foreach (var (pattern, allowing) in rules)
        {
            if (pattern.Length >= longest && Fits(pattern, address) && (pattern.Length > longest || allowing))
            {
                (longest, allows) = (pattern.Length, allowing);
            }
        }

        return allows;
    }

    private void Add(string key, string value)
    {
        switch (key)
        {
            case "allow" or "disallow" when value.Length > 0:
                rules.Add((value, key == "allow"));
                break;
            case "crawl-delay" when double.TryParse(value, out var seconds) && seconds is > 0 and <= 3600:
                Delay = TimeSpan.FromSeconds(seconds);
                break;
            default:
                break; // sitemaps, and what others read
        }
    }

    // * stands for any characters, and $ at the end for the end of the address.
    private static bool Fits(string pattern, string address)
    {
        var isWhole = pattern.EndsWith('$');
        var parts = (isWhole ? pattern[..^1] : pattern).Split('*');
        if (!address.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        var at = parts[0].Length;
        for (var i = 1; i < parts.Length; i++)
        {
            var isLast = i == parts.Length - 1;
            var found =
                isLast && isWhole
                    ? address.LastIndexOf(parts[i], StringComparison.Ordinal)
                    : address.IndexOf(parts[i], at, StringComparison.Ordinal);
            if (found < at)
            {
                return false;
            }

            at = found + parts[i].Length;
        }

        return !isWhole || at == address.Length;
    }
}
