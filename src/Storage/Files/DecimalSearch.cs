namespace Tradepost.Storage.Files;

/// <summary>Finds the decimal sign of a file from all cells of its columns of numbers.</summary>
/// <param name="where">A place as messages name it.</param>
public sealed class DecimalSearch(string where, TableForm form)
{
    private Place? point;
    private Place? comma;
    private Place? groupedPoint;
    private Place? groupedComma;

    /// <summary>Takes in the evidence of a column.</summary>
    public void Add(ColumnShapes column)
    {
        if (!column.IsMostlyNumbers)
        {
            return;
        }

        point ??= column.First(NumberShape.Point);
        comma ??= column.First(NumberShape.Comma);
        groupedPoint ??= column.First(NumberShape.PointOrThousands);
        groupedComma ??= column.First(NumberShape.CommaOrThousands);
    }

    /// <summary>The sign; refuses what can be read in two ways.</summary>
    public DecimalSign Find()
    {
        if (comma is not null && (point ?? groupedPoint) is { } pointed)
        {
            throw Both(pointed, comma);
        }

        if (comma is not null)
        {
            return DecimalSign.Comma;
        }

        if (groupedComma is null)
        {
            return DecimalSign.Point;
        }

        throw (point ?? groupedPoint) is { } other
            ? Both(other, groupedComma)
            : new FileFormException(
                $"{groupedComma.In(where)} may have a decimal comma or a comma between thousands, and no number of the file settles it; "
                    + $"{form.Setting("decimal", "comma")} reads a decimal comma, and commas between thousands have to go."
            );
    }

    private FileFormException Both(Place pointed, Place withComma) =>
        new(
            $"{withComma.In(where)} has a comma, and {pointed.Name} of line {pointed.Line.ToString()}, '{pointed.Text}', a point; a file "
                + "has one decimal sign and nothing between thousands: write it so, or say which of the two it is with "
                + $"{form.Setting("decimal", "point")} or {form.Setting("decimal", "comma")}."
        );

    /// <summary>A cell that is evidence.</summary>
    public sealed record Place(string Name, long Line, string Text)
    {
        public string In(string where) => $"{where}, line {Line}: {Name} is '{Text}', which";
    }

    /// <summary>What the cells of a column are, as numbers.</summary>
    public sealed class ColumnShapes(string name)
    {
        private readonly Dictionary<NumberShape, Place> firsts = [];
        private long texts;
        private long numbers;

        /// <summary>Whether a number of it has a sign that can be no other.</summary>
        public bool IsClear => firsts.ContainsKey(NumberShape.Point) || firsts.ContainsKey(NumberShape.Comma);

        public bool IsMostlyNumbers => numbers > texts;

        public Place? First(NumberShape shape) => firsts.GetValueOrDefault(shape);

        public void Add(ReadOnlySpan<byte> cell, long line)
        {
            if (Missing.Is(cell))
            {
                return;
            }

            var shape = NumberCell.ShapeOf(cell);
            texts += shape == NumberShape.Text ? 1 : 0;
            numbers += shape == NumberShape.Text ? 0 : 1;
            if (!firsts.ContainsKey(shape))
            {
                firsts[shape] = new Place(name, line, Shown.Cell(cell));
            }
        }
    }
}
