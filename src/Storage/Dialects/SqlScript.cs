using System.Reflection;
using System.Text.RegularExpressions;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Dialects;

/// <summary>
/// An embedded <c>.sql</c> file. <c>{{word argument}}</c> stands for what differs between stores or runs and is filled in by
/// the caller; everything else is one text for all stores.
/// </summary>
public sealed partial class SqlScript(string name, string text)
{
    public string Name { get; } = name;

    public static SqlScript Load(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"{assembly.GetName().Name} has no embedded file {name}.", nameof(name));
        using var reader = new StreamReader(stream);
        return new SqlScript(name, reader.ReadToEnd());
    }

    /// <summary>Fills the placeholders in, the inner ones first: the store's own, then those of the caller.</summary>
    public string For(Dialect dialect, IReadOnlyDictionary<string, Func<string, string>> placeholders)
    {
        var filled = text;
        while (Placeholder().IsMatch(filled))
        {
            filled = Fill(filled, dialect, placeholders);
        }

        return filled;
    }

    private string Fill(string unfilled, Dialect dialect, IReadOnlyDictionary<string, Func<string, string>> placeholders) =>
        Placeholder()
            .Replace(unfilled, match =>
            {
                var (word, argument) = (match.Groups["word"].Value, match.Groups["argument"].Value.Trim());
                return word switch
                {
                    "wide_integer" => dialect.WideInteger,
                    "work_table" => dialect.WorkTable,
                    "analyze" => dialect.Analyze(argument),
                    "money" => dialect.Money(argument),
                    "whole" => dialect.Whole(argument),
                    "merge_json" => dialect.MergeJson(argument.Split('|')[0].Trim(), argument.Split('|')[1].Trim()),
                    "contains_json" => dialect.ContainsJson(argument.Split('|')[0].Trim(), argument.Split('|')[1].Trim()),
                    "json_type" => dialect.TypeName(new Column("", ColumnType.Json)),
                    "each_day" => dialect.EachDay(argument.Split('|')[0], argument.Split('|')[1]),
                    _ when placeholders.TryGetValue(word, out var fill) => fill(argument),
                    _ => throw new InvalidOperationException($"{Name}: nobody fills in {match.Value}."),
                };
            });

    [GeneratedRegex(@"\{\{(?<word>\w+)(?<argument>[^{}]*)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
