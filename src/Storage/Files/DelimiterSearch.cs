namespace Tradepost.Storage.Files;

/// <summary>Finds what divides the rows of a file: what divides the header, and every row into as many cells.</summary>
internal sealed class DelimiterSearch(TableSource source, TextEncoding encoding, TableForm form)
{
    private const string Hint = "sep=";

    public Delimiter Find()
    {
        if (SaidInFile() is { } said)
        {
            return said;
        }

        var found = new List<(Delimiter Delimiter, int Names)>();
        foreach (var delimiter in Delimiter.All)
        {
            if (NamesBy(delimiter) is > 1 and var names)
            {
                found.Add((delimiter, names));
            }
        }

        return found switch
        {
            [] => Delimiter.None,
            [var only] => only.Delimiter,
            _ => Among(found),
        };
    }

    // A tab behind it goes with the blanks around a name.
    private Delimiter? SaidInFile() =>
        FirstName() is { } first && first.StartsWith(Hint, StringComparison.OrdinalIgnoreCase) && first.Length <= Hint.Length + 1
            ? Delimiter.Find(first.Length == Hint.Length ? "tab" : first[Hint.Length..]) is { } said
                ? said with
                {
                    IsInFile = true,
                }
                : null
            : null;

    private string? FirstName()
    {
        try
        {
            using var rows = TableRows.Open(source, encoding, Delimiter.None);
            return rows.Names is [var first, ..] ? first : null;
        }
        catch (FileFormException)
        {
            return null; // its quotes need the right sign
        }
    }

    private int NamesBy(Delimiter delimiter)
    {
        try
        {
            using var rows = TableRows.Open(source, encoding, delimiter);
            return rows.Names.Count;
        }
        catch (FileFormException)
        {
            return 0; // another sign divides it, or the file is refused when it is opened
        }
    }

    private Delimiter Among(List<(Delimiter Delimiter, int Names)> found)
    {
        var failures = found.ConvertAll(one => FirstFailure(one.Delimiter));
        var fitting = found.Where((_, i) => failures[i] is null).ToList();
        if (fitting.Count == 1)
        {
            return fitting[0].Delimiter;
        }

        var both = string.Join(" and ", found.Select(one => $"{one.Delimiter.Name} ({one.Names} names)"));
        throw new FileFormException(
            fitting.Count == 0
                ? $"{source.Name}, line 1: the header could be divided by {both}, and neither fits every row; with "
                    + $"{found[0].Delimiter.Name}, {failures[0]} Say which is meant with "
                    + $"{form.Setting("delimiter", found[0].Delimiter.Name)}."
                : $"{source.Name}, line 1: the header could be divided by {both}, and {(fitting.Count == 2 ? "both" : "several")} fit "
                    + $"every row; say which is meant with {form.Setting("delimiter", fitting[0].Delimiter.Name)}."
        );
    }

    private string? FirstFailure(Delimiter delimiter)
    {
        try
        {
            using var rows = TableRows.Open(source, encoding, delimiter);
            while (rows.Read()) { }

            return null;
        }
        catch (FileFormException e)
        {
            return e.Message;
        }
    }
}
