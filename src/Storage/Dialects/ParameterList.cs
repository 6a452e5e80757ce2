using System.Globalization;

namespace Tradepost.Storage.Dialects;

/// <summary>Texts of which a column is one, as parameters that are numbered: <c>symbol IN (@symbol0, @symbol1)</c>.</summary>
/// <param name="name">What the parameters' names begin with.</param>
/// <param name="values">At least one.</param>
public sealed class ParameterList(string name, IReadOnlyCollection<string> values)
{
    /// <summary>What stands between the parentheses.</summary>
    public string Names { get; } = string.Join(", ", values.Select((_, i) => $"@{NameOf(name, i)}"));

    /// <summary>The values by name, and those of other parameters of the statement.</summary>
    public Dictionary<string, object?> With(params IEnumerable<KeyValuePair<string, object?>> others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return values.Select((value, i) => KeyValuePair.Create(NameOf(name, i), (object?)value)).Concat(others).ToDictionary();
    }

    private static string NameOf(string name, int number) => name + number.ToString(CultureInfo.InvariantCulture);
}
