using Tradepost.Storage.Loading;

namespace Tradepost.Storage.Files;

/// <summary>Fills rows of a batch cell by cell; of a row that breaks a rule it says which, and leaves no trace.</summary>
internal sealed class RowReading(FileTable table, IReadOnlyList<CellForm> forms)
{
    private readonly bool[] isNull = new bool[forms.Count];
    private RowBatch? batch;

    /// <summary>The rule that the row breaks.</summary>
    public string? Rule { get; private set; }

    /// <summary>What is wrong with it.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Whether the row got as far as its cells.</summary>
    public bool HasCells { get; private set; }

    /// <summary>Begins the next row of a batch that is not full.</summary>
    public void Begin(RowBatch rows) => (batch, Rule, HasCells) = (rows, null, false);

    /// <summary>Reads a cell into its column.</summary>
    public bool TryRead(int column, ReadOnlySpan<byte> cell)
    {
        HasCells = true;
        var form = forms[column];
        isNull[column] = Missing.Is(cell);
        if (isNull[column])
        {
            return form.Column.IsNullable || Fail(FileRule.Missing, $"{form.Column.Name} has no value");
        }

        return form.Read(batch![column], batch.Count, cell) is not { } rule // Begin comes first
            || Fail(
                rule,
                $"{form.Column.Name} is '{Shown.Cell(cell)}'; expected is "
                    + $"{(rule == FileRule.WrongType ? form.Expected : Bound(rule, form.Column))}"
            );
    }

    /// <summary>Ends the row: it counts unless it breaks a rule of the table.</summary>
    public bool TryEnd()
    {
        var row = batch!.Count; // Begin comes first
        for (var i = 0; i < isNull.Length; i++)
        {
            if (isNull[i])
            {
                batch[i].SetNull(row);
            }
        }

        foreach (var rule in table.Rules)
        {
            if (!rule.Holds(batch, row))
            {
                for (var i = 0; i < isNull.Length; i++)
                {
                    batch[i].Unset(row);
                }

                return Fail(rule.Name, rule.Problem);
            }
        }

        batch.Count++;
        return true;
    }

    /// <summary>Notes what is wrong with the row.</summary>
    public bool Fail(string rule, string problem)
    {
        (Rule, Problem) = (rule, problem);
        return false;
    }

    private static string Bound(string rule, FileColumn column) =>
        rule switch
        {
            FileRule.TooLong => $"a text of at most {column.MostBytes} bytes",
            FileRule.NotAccepted => $"one of {string.Join(", ", column.Accepted ?? [])}",
            _ => $"a number{(column.Least is { } least ? $" from {least}" : "")}{(column.Most is { } most ? $" to {most}" : "")}",
        };
}
