using System.Text;

namespace Tradepost.Storage.Files;

/// <summary>What messages quote of a file, short enough to read.</summary>
public static class Shown
{
    private const int MostLetters = 60;
    private const int MostNames = 20;

    public static string Cell(ReadOnlySpan<byte> cell) => Cell(Encoding.UTF8.GetString(cell));

    public static string Cell(string text) =>
        text.Length <= MostLetters ? text : $"{text[..(char.IsHighSurrogate(text[MostLetters - 1]) ? MostLetters - 1 : MostLetters)]}…";

    /// <summary>That a column is not there.</summary>
    public static FileFormException NoColumn(string path, string name, IReadOnlyList<string> names) =>
        new(
            $"{path} has no column {name}; it has {string.Join(", ", names.Take(MostNames).Select(Cell))}{(names.Count > MostNames ? $" and {names.Count - MostNames} more" : "")}."
        );
}
