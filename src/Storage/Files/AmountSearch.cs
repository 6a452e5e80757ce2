namespace Tradepost.Storage.Files;

/// <summary>Finds the decimal sign of a column of amounts. What can be read in two ways is refused with the setting that settles it.</summary>
/// <param name="file">The file, as messages call it.</param>
/// <param name="column">The column, as messages call it.</param>
/// <param name="said">What the user says.</param>
public sealed class AmountSearch(string file, string column, TableForm said)
{
    private readonly Dictionary<NumberShape, (long Line, string Text)> firsts = [];

    /// <summary>The sign that no cell leaves open; null where none says it.</summary>
    public DecimalSign? Clear =>
        said.Decimal
        ?? (
            firsts.ContainsKey(NumberShape.Point) ? DecimalSign.Point
            : firsts.ContainsKey(NumberShape.Comma) ? DecimalSign.Comma
            : null
        );

    /// <summary>Takes a cell in.</summary>
    public void Add(ReadOnlySpan<byte> cell, long line)
    {
        if (said.Decimal is not null || Missing.Is(cell))
        {
            return;
        }

        var shape = AmountCell.ShapeOf(cell);
        if (shape is not (NumberShape.Whole or NumberShape.Text) && !firsts.ContainsKey(shape))
        {
            firsts[shape] = (line, Shown.Cell(cell));
        }
    }

    /// <summary>The sign.</summary>
    /// <param name="others">What other columns of the file have; it decides where this column leaves it open.</param>
    /// <exception cref="FileFormException">The column has both, or nothing settles it.</exception>
    public DecimalSign Find(DecimalSign? others)
    {
        if (firsts.TryGetValue(NumberShape.Point, out var point) && firsts.TryGetValue(NumberShape.Comma, out var comma))
        {
            throw new FileFormException(
                $"{file}: {column} is '{point.Text}' in line {point.Line} and '{comma.Text}' in line {comma.Line}; a column has one decimal sign: write it so, or say it with {said.Setting("decimal", "point")} or {said.Setting("decimal", "comma")}."
            );
        }

        if ((Clear ?? others) is { } sign)
        {
            return sign;
        }

        if (firsts.Count == 0)
        {
            return DecimalSign.Point;
        }

        var (line, text) = firsts.Values.First();
        throw new FileFormException(
            $"{file}, line {line}: {column} is '{text}', and no number of the file says whether that sign is the decimal one or stands between thousands; {said.Setting("decimal", "point")} or {said.Setting("decimal", "comma")} does."
        );
    }
}
