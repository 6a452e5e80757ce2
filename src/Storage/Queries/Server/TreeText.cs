using System.Text;

namespace Tradepost.Storage.Queries.Server;

/// <summary>Reads the text of a <c>pg_node_tree</c>.</summary>
internal sealed class TreeText
{
    private const int MostDepth = 2000;

    private readonly string text;
    private int at;
    private int depth;

    private TreeText(string text) => this.text = text;

    /// <summary>The nodes of the list that the text is.</summary>
    public static IReadOnlyList<TreeNode> Read(string text)
    {
        var holder = new TreeNode("");
        holder.Add("", new TreeText(text).Value());
        return [.. holder.Nodes("")];
    }

    private object Value()
    {
        SkipBlanks();
        if (++depth > MostDepth)
        {
            throw Refusals.TooDeep();
        }

        object value = text[at] switch
        {
            '{' => Node(),
            '(' => List(')'),
            '[' => List(']'),
            _ => Word(),
        };
        depth--;
        return value;
    }

    private TreeNode Node()
    {
        at++;
        var node = new TreeNode(Word());
        var field = "";
        for (SkipBlanks(); text[at] != '}'; SkipBlanks())
        {
            if (text[at] == ':')
            {
                at++;
                field = Word();
            }
            else
            {
                node.Add(field, Value());
            }
        }

        at++;
        return node;
    }

    private List<object> List(char end)
    {
        at++;
        var list = new List<object>();
        for (SkipBlanks(); text[at] != end; SkipBlanks())
        {
            list.Add(Value());
        }

        at++;
        return list;
    }

    // A name may be in quotes, and a letter that would mean something here stands behind a backslash.
    private string Word()
    {
        var word = new StringBuilder();
        var isQuoted = text[at] == '"';
        at += isQuoted ? 1 : 0;
        while (at < text.Length && (isQuoted ? text[at] != '"' : !" \t\r\n(){}[]".Contains(text[at], StringComparison.Ordinal)))
        {
            at += text[at] == '\\' ? 1 : 0;
            word.Append(text[at++]);
        }

        at += isQuoted ? 1 : 0;
        return word.ToString();
    }

    private void SkipBlanks()
    {
        while (char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }
}
