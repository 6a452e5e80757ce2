using System.Collections;
using System.Reflection;
using Spectre.Console;
using Tradepost.Arguments;

namespace Tradepost.Serving.Commands.Output;

/// <summary>
/// Shows a result to a person: single values as lines, a dictionary or list of records as one table, a dictionary of single
/// values as one line, a record inside as lines of its own.
/// </summary>
public sealed class Printer(IAnsiConsole console)
{
    internal IAnsiConsole Console { get; } = console;

    /// <summary>One line.</summary>
    public void Line(string text = "") => Console.Line(text);

    /// <summary>A text of lines of ours: indented JSON.</summary>
    public void Block(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            Line(line);
        }
    }

    /// <summary>A line in bold.</summary>
    public void Heading(string text) => Console.MarkupLine($"[bold]{Markup.Escape(HiddenCharacters.Escape(text))}[/]");

    /// <summary>Names and values, one a line.</summary>
    public void Pairs(params IReadOnlyList<(string Name, string Value)> pairs) => Output.Pairs.Write(Console, pairs);

    /// <summary>A record: its single values as lines, then what is inside of it.</summary>
    public void Result(object value)
    {
        var properties = PropertiesOf(value.GetType());
        var fields = properties.Select(property => (property.Name, Value: property.GetValue(value))).ToList();
        var lines = fields.Where(field => field.Value is not null && IsLine(field.Value)).ToList();
        var width = lines.TrueForAll(field => Values.IsNumber(field.Value))
            ? lines.Select(field => ShowLine(field.Name, field.Value).Length).DefaultIfEmpty().Max()
            : 0;
        Pairs([.. lines.Select(field => (Values.Label(field.Name), ShowLine(field.Name, field.Value).PadLeft(width)))]);
        foreach (var (name, inner) in fields.Where(field => !IsLine(field.Value)))
        {
            Line();
            Inner(name, inner!);
        }
    }

    /// <summary>A table of records, one column for each of their single values.</summary>
    public void Table<T>(IEnumerable<T> rows)
        where T : notnull => Table(null, [.. rows.Select(row => (KeyValuePair.Create("", (object)row)))]);

    /// <summary>A table of these values; <paramref name="areRaw"/> when they are somebody's data, whose integers may be keys.</summary>
    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<object?>> rows, bool areRaw = false)
    {
        var sheet = new Sheet(headers, isExact: areRaw);
        foreach (var row in rows)
        {
            sheet.Add(
                [.. row.Select((cell, i) => areRaw ? Values.ShowRaw(cell) : Values.Show(headers[i], cell))],
                [.. row.Select(Values.IsNumber)]
            );
        }

        sheet.Write(Console);
    }

    private void Inner(string name, object value)
    {
        switch (value)
        {
            case IDictionary dictionary:
                Table(Singular(Values.Label(name)), [.. Entries(dictionary)]);
                break;
            case IEnumerable list:
                var label = Values.Label(name);
                Heading(label);
                Table(
                    null,
                    [.. list.Cast<object>().Select(item => KeyValuePair.Create("", item))],
                    label.StartsWith("by ", StringComparison.Ordinal) ? label[3..] : null
                );
                break;
            default:
                Heading(Values.Label(name));
                Result(value);
                break;
        }
    }

    private void Table(string? keyHeader, IReadOnlyList<KeyValuePair<string, object>> rows, string? nameOfKey = null)
    {
        if (rows.Count == 0)
        {
            Line("none");
            return;
        }

        var properties = PropertiesOf(rows[0].Value.GetType())
            .Where(property => rows.Any(row => Values.IsScalar(property.GetValue(row.Value))))
            .ToList();
        string[] keys = keyHeader is null ? [] : [keyHeader];
        var sheet = new Sheet([
            .. keys,
            .. properties.Select(property => property.Name == "Key" && nameOfKey is not null ? nameOfKey : Values.Label(property.Name)),
        ]);
        foreach (var (key, row) in rows)
        {
            var values = properties.Select(property => property.GetValue(row)).ToList();
            string[] first = keyHeader is null ? [] : [key];
            sheet.Add(
                [.. first, .. properties.Zip(values, (property, value) => Values.Show(property.Name, value))],
                [.. first.Select(_ => false), .. values.Select(Values.IsNumber)]
            );
        }

        sheet.Write(Console);
    }

    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0);

    // A line holds a single value, a list of single values or a dictionary of them.
    private static bool IsLine(object? value) =>
        Values.IsScalar(value)
        || value switch
        {
            IDictionary dictionary => dictionary.Values.Cast<object?>().All(Values.IsScalar),
            IEnumerable list => list.Cast<object?>().All(Values.IsScalar),
            _ => false,
        };

    private static string ShowLine(string name, object? value) =>
        value is IDictionary dictionary
            ? dictionary.Count == 0
                ? "none"
                : string.Join(
                    " · ",
                    Entries(dictionary)
                        .Select(entry =>
                            $"{entry.Key} {Values.Show(dictionary is IDictionary<string, double> ? name + "Seconds" : name, entry.Value)}"
                        )
                )
            : Values.Show(name, value) is { Length: > 0 } text
                ? text
                : "none";

    private static IEnumerable<KeyValuePair<string, object>> Entries(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return KeyValuePair.Create(entry.Key.ToString()!, entry.Value!);
        }
    }

    private static string Singular(string label) => label.EndsWith('s') ? label[..^1] : label;
}
