using Tradepost.Jobs;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tradepost.Retail.Sources;

/// <summary>
/// Reads a mapping file from YAML's events, so that nothing is built that the file's form has no place for: no anchors, no
/// aliases, no depth, no second document. What is wrong is said in the words of the file.
/// </summary>
internal sealed class MappingText
{
    private const int MostCharacters = 1 << 20;

    private readonly string path;
    private readonly Parser parser;

    private MappingText(string path, string text) => (this.path, parser) = (path, new Parser(new StringReader(text)));

    /// <summary>The mapping that a file holds.</summary>
    /// <exception cref="JobFailedException">The file cannot be read, or is no mapping; the message says where.</exception>
    public static MappingDocument Read(string path)
    {
        var reader = new MappingText(path, TextOf(path));
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException failure)
        {
            throw Wrong(path, failure.Start.Line, $"it is no YAML that can be read ({failure.Message.TrimEnd('.')})", failure);
        }
        catch (Exception failure)
            when (failure
                    is ArgumentException
                        or InvalidOperationException
                        or FormatException
                        or OverflowException
                        or IndexOutOfRangeException
            )
        {
            // The parser speaks to programmers.
            throw Wrong(path, reader.parser.Current?.Start.Line ?? 1, "it is no YAML that can be read", failure);
        }
    }

    private static string TextOf(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var characters = new char[MostCharacters + 1];
            var count = reader.ReadBlock(characters);
            return count <= MostCharacters
                ? new string(characters, 0, count)
                : throw new JobFailedException(
                    $"Mapping file {path}: it is longer than {MostCharacters} characters, which no mapping is.",
                    2
                );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException($"Mapping file {path} cannot be read: {failure.Message}", 2, failure);
        }
    }

    private MappingDocument ReadDocument()
    {
        var document = new MappingDocument();
        Next();
        if (Next() is StreamEnd)
        {
            return document;
        }

        Next();
        ReadKeys("the file", key =>
        {
            switch (key)
            {
                case "tables":
                    ReadKeys("tables", table => document.Tables.Add(table, ReadTable(table)));
                    break;
                case "accepted_values":
                    ReadKeys("accepted_values", column => document.AcceptedValues.Add(column, ReadList(column)));
                    break;
                default:
                    throw Wrong($"there is no key {key}; expected are tables and accepted_values");
            }
        });
        return Next() is StreamEnd ? document : throw Wrong("it holds more than one document; expected is one");
    }

    private MappingEntry? ReadTable(string table)
    {
        var entry = new MappingEntry();
        var isGiven = ReadKeys(table, key =>
        {
            switch (key)
            {
                case "from":
                    entry.From = ReadText($"from of {table}");
                    break;
                case "where":
                    entry.Where = ReadText($"where of {table}");
                    break;
                case "columns":
                    ReadKeys($"columns of {table}", column => entry.Columns.Add(column, ReadText($"{column} of {table}")));
                    break;
                default:
                    throw Wrong($"{table} has no key {key}; expected are from, where and columns");
            }
        });
        return isGiven ? entry : null;
    }

    /// <summary>Reads keys, each with what is behind it; false when nothing is there. It ends behind the last.</summary>
    private bool ReadKeys(string what, Action<string> read)
    {
        if (IsNothing())
        {
            Next();
            return false;
        }

        _ = parser.Current is MappingStart ? Next() : throw Wrong($"{what} is {Form()}; expected are keys with values");
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (parser.Current is not MappingEnd)
        {
            var key = ReadText($"a key of {what}") ?? "";
            read(known.Add(key) ? key : throw Wrong($"{what} has {key} twice"));
        }

        Next();
        return true;
    }

    private List<string>? ReadList(string what)
    {
        if (IsNothing())
        {
            Next();
            return null;
        }

        _ = parser.Current is SequenceStart ? Next() : throw Wrong($"{what} is {Form()}; expected is a list");
        var items = new List<string>();
        while (parser.Current is not SequenceEnd)
        {
            items.Add(ReadText($"an item of {what}") ?? "");
        }

        Next();
        return items;
    }

    private string? ReadText(string what)
    {
        var text = parser.Current is Scalar scalar
            ? IsNothing()
                ? null
                : scalar.Value
            : throw Wrong($"{what} is {Form()}; expected is a text");
        Next();
        return text;
    }

    private bool IsNothing() => parser.Current is Scalar { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };

    private string Form() =>
        parser.Current switch
        {
            MappingStart => "a block of keys",
            SequenceStart => "a list",
            _ => "a single value",
        };

    private ParsingEvent Next()
    {
        parser.MoveNext();
        return parser.Current switch
        {
            AnchorAlias or NodeEvent { Anchor.IsEmpty: false } => throw Wrong(
                "anchors and aliases (& and *) are not read; write the value out"
            ),
            { } current => current,
            null => throw Wrong("it ends too early"),
        };
    }

    private JobFailedException Wrong(string reason) => Wrong(path, parser.Current?.Start.Line ?? 1, reason, failure: null);

    private static JobFailedException Wrong(string path, long line, string reason, Exception? failure) =>
        new($"Mapping file {path}, line {line}: {reason}.", 2, failure);
}
