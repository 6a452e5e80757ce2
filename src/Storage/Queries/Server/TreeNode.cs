namespace Tradepost.Storage.Queries.Server;

/// <summary>
/// A node of PostgreSQL's own form of a query, as its catalogue keeps it: <c>{TAG :field value …}</c>, lists in parentheses.
/// </summary>
internal sealed class TreeNode(string tag)
{
    private readonly Dictionary<string, List<object>> fields = new(StringComparer.Ordinal);

    public string Tag { get; } = tag;

    public IReadOnlyDictionary<string, List<object>> Fields => fields;

    /// <summary>The nodes in a field, however deep its lists are.</summary>
    public IEnumerable<TreeNode> Nodes(string field) => fields.TryGetValue(field, out var values) ? Flat(values) : [];

    public TreeNode? Node(string field) => Nodes(field).FirstOrDefault();

    /// <summary>The nodes in all fields but some.</summary>
    public IEnumerable<TreeNode> Others(params ReadOnlySpan<string> but)
    {
        var found = new List<TreeNode>();
        foreach (var (name, values) in fields)
        {
            if (!but.Contains(name))
            {
                found.AddRange(Flat(values));
            }
        }

        return found;
    }

    /// <summary>This node and all below it.</summary>
    public IEnumerable<TreeNode> All() => Others().SelectMany(node => node.All()).Prepend(this);

    public string? Text(string field) =>
        fields.TryGetValue(field, out var values) && values is [string text, ..] && text != "<>" ? text : null;

    public uint Id(string field) =>
        Text(field) is { } text && uint.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : 0;

    public int Number(string field) =>
        Text(field) is { } text && int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The words of a field's list.</summary>
    public IReadOnlyList<string> Words(string field) => fields.TryGetValue(field, out var values) ? [.. values.SelectMany(Words)] : [];

    public void Add(string field, object value)
    {
        if (!fields.TryGetValue(field, out var values))
        {
            fields[field] = values = [];
        }

        values.Add(value);
    }

    private static IEnumerable<string> Words(object value) =>
        value switch
        {
            string word => [word],
            List<object> list => list.SelectMany(Words),
            _ => [],
        };

    private static IEnumerable<TreeNode> Flat(List<object> values) =>
        values.SelectMany(value =>
            value switch
            {
                TreeNode node => [node],
                List<object> list => Flat(list),
                _ => [],
            }
        );
}
