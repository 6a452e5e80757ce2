namespace Tradepost.Storage.Files;

/// <summary>What stands between the cells of a row.</summary>
public sealed record Delimiter(char Sign, string Name)
{
    public static readonly IReadOnlyList<Delimiter> All = [new(',', "comma"), new(';', "semicolon"), new('\t', "tab"), new('|', "pipe")];

    /// <summary>Of a file of one column: a sign that no text has.</summary>
    public static readonly Delimiter None = new('\u001f', "one column");

    /// <summary>Whether the file's first line says it, as Excel writes it: sep=;</summary>
    public bool IsInFile { get; init; }

    public static Delimiter? Find(string text) =>
        text is "\\t"
            ? All[2]
            : All.FirstOrDefault(one => string.Equals(one.Name, text, StringComparison.OrdinalIgnoreCase) || text == one.Sign.ToString());
}
