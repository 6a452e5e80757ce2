using Tradepost.Jobs;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tradepost.Marketplace.Monitoring;

/// <summary>
/// A value of a YAML file: a text, a list or keys with values. Read from YAML's events, so that nothing is built that the file's form has no
/// place for: no anchors, no aliases, no tags, no depth, no second document.
/// </summary>
internal sealed class YamlValue
{
    private const int MostCharacters = 1 << 20;
    private const int MostDepth = 8;

    private readonly Dictionary<string, YamlValue> keys = new(StringComparer.Ordinal);
    private readonly List<YamlValue> items = [];
    private readonly string file;

    private YamlValue(string file, long line, string? text) => (this.file, Line, Text) = (file, line, text);

    /// <summary>Where it stands.</summary>
    public long Line { get; }

    /// <summary>The text; null of a list and of keys.</summary>
    public string? Text { get; private init; }

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<YamlValue> Items => items;

    /// <summary>The values by key, in the file's order.</summary>
    public IReadOnlyDictionary<string, YamlValue> Keys => keys;

    public bool IsMap { get; private init; }

    /// <summary>What a file holds.</summary>
    /// <exception cref="JobFailedException">The file cannot be read, or is no YAML of this form; the message says where.</exception>
    public static YamlValue Read(string path)
    {
        var parser = new Parser(new StringReader(TextOf(path)));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                throw Wrong(path, 1, "the file is empty");
            }

            parser.Consume<DocumentStart>();
            var value = Read(path, parser, 0);
            parser.Consume<DocumentEnd>();
            return parser.Accept<StreamEnd>(out _) ? value : throw Wrong(path, value.Line, "there is a second document; a file holds one");
        }
        catch (YamlException failure)
        {
            throw Wrong(path, failure.Start.Line, $"it is no YAML that can be read ({failure.Message.TrimEnd('.')})");
        }
    }

    /// <summary>The value of a key; null where it is not there.</summary>
    public YamlValue? Find(string key) => keys.GetValueOrDefault(key);

    /// <summary>Refuses keys that nobody reads.</summary>
    public void Expect(string what, params string[] known)
    {
        if (!IsMap)
        {
            throw Wrong($"{what} has no keys; expected are {string.Join(", ", known)}");
        }

        foreach (var (key, value) in keys)
        {
            if (!known.Contains(key, StringComparer.Ordinal))
            {
                throw value.Wrong($"{what} has no key {key}; expected are {string.Join(", ", known)}");
            }
        }
    }

    /// <summary>A failure that names the file and the line of this value.</summary>
    public JobFailedException Wrong(string problem) => Wrong(file, Line, problem);

    private static JobFailedException Wrong(string path, long line, string problem) => new($"{path}, line {line}: {problem}.", 2);

    private static YamlValue Read(string path, Parser parser, int depth)
    {
        var line = parser.Current!.Start.Line;
        if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
        {
            throw Wrong(path, line, "anchors and aliases have no place in it; write the value out");
        }

        if (depth > MostDepth)
        {
            throw Wrong(path, line, $"it goes deeper than {MostDepth} levels");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlValue(path, line, scalar.Value);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new YamlValue(path, line, text: null);
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                list.items.Add(Read(path, parser, depth + 1));
            }

            return list;
        }

        parser.Consume<MappingStart>();
        var map = new YamlValue(path, line, text: null) { IsMap = true };
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            if (!map.keys.TryAdd(key.Value, Read(path, parser, depth + 1)))
            {
                throw Wrong(path, key.Start.Line, $"{key.Value} stands twice");
            }
        }

        return map;
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
                : throw new JobFailedException($"{path} is longer than {MostCharacters} characters, which no source file is.", 2);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException($"{path} cannot be read: {failure.Message}", 2, failure);
        }
    }
}
