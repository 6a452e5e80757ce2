using System.Text;
using Tradepost.App.Tables;
using Tradepost.Learning;
using Tradepost.Learning.Regression;
using Tradepost.Serving.Commands;
using Tradepost.Storage.Files;

namespace Tradepost.App.Learning;

/// <summary>
/// How a CSV's columns become a model's: what was learned from the file of the fit and holds for every file that is scored.
/// </summary>
/// <param name="Target">The column that is predicted.</param>
/// <param name="Classes">Of a classifier what 0 and 1 are called in the file; else null.</param>
/// <param name="OneHot">Whether categories become a column of 0 and 1 each, for linear models; else codes.</param>
/// <param name="Columns">The columns that are used, in order.</param>
internal sealed record TableEncoding(string Target, IReadOnlyList<string>? Classes, bool OneHot, IReadOnlyList<ColumnEncoding> Columns)
{
    /// <summary>More categories than that are hardly categories.</summary>
    private const int MostOneHot = 1000;

    public static TableEncoding Learn(CsvTable table, string target, IReadOnlyList<string>? classes, bool oneHot, bool impute)
    {
        var columns = table.Names.Where(name => name != target).Select(name => ColumnEncoding.Learn(table, name, impute)).ToList();
        if (columns.Count == 0)
        {
            throw new UsageException($"{table.Path} has no column besides {target}: there is nothing to predict it from.");
        }

        if (oneHot && columns.FirstOrDefault(column => column.Categories?.Count > MostOneHot) is { } wide)
        {
            throw new UsageException(
                $"{table.Path}: {wide.Name} has {wide.Categories!.Count} different texts, too many for a linear model; leave the column "
                    + "out, or take boosting."
            );
        }

        return new TableEncoding(target, classes, oneHot, columns);
    }

    public FeatureTable Encode(CsvTable table)
    {
        Size(table.Count).Check(nameof(table));
        var (names, values, categorical) = (new List<string>(), new List<double[]>(), new List<bool>());
        foreach (var column in Columns)
        {
            if (column.Categories is { } categories && OneHot)
            {
                var codes = column.Read(table);
                for (var code = 0; code < categories.Count; code++)
                {
                    names.Add($"{column.Name}={categories[code]}");
                    values.Add([.. codes.Select(value => value == code ? 1.0 : 0)]);
                    categorical.Add(false);
                }

                continue;
            }

            names.Add(column.Name);
            values.Add(column.Read(table));
            categorical.Add(column.Categories is not null);
        }

        if (OneHot)
        {
            RefuseMissing(table, names, values);
        }

        return new FeatureTable(names, values, categorical);
    }

    /// <summary>The target: numbers, or 0 and 1 for the classes; NaN where it is empty.</summary>
    public double[] ReadTarget(CsvTable table) =>
        Classes is not { } classes
            ? table.Numbers(Target)
            : [.. Enumerable.Range(0, table.Count).Select(row => ReadClass(table, row, classes))];

    private double ReadClass(CsvTable table, int row, IReadOnlyList<string> classes)
    {
        var text = table.Text(row, Target).Trim();
        return text == classes[0] ? 0
            : text == classes[1] ? 1
            : table.IsMissing(row, Target) ? double.NaN
            : AreNumbers(classes, out var zero, out var one)
            && table.TryNumber(row, Target, out var number)
            && (number == zero || number == one)
                ? number == one ? 1
                    : 0
            : throw table.Bad(row, Target, text, $"{classes[0]} or {classes[1]}");
    }

    /// <summary>Whether classes are told apart as numbers, so that 1.0 is 1.</summary>
    private static bool AreNumbers(IReadOnlyList<string> classes, out double zero, out double one)
    {
        one = 0;
        return NumberCell.TryParse(Encoding.UTF8.GetBytes(classes[0]), DecimalSign.Point, out zero)
            && NumberCell.TryParse(Encoding.UTF8.GetBytes(classes[1]), DecimalSign.Point, out one)
            && zero != one;
    }

    private WorkSize Size(int rows)
    {
        var columns = Columns.Sum(column => OneHot && column.Categories is { } categories ? categories.Count : 1L);
        return new WorkSize
        {
            Work = WorkSize.Of(rows, columns),
            Smaller = "Leave out columns of many different texts, which a linear model gets as a column per text, or take boosting.",
            Bytes = sizeof(double) * (double)rows * columns,
        };
    }

    private static void RefuseMissing(CsvTable table, List<string> names, List<double[]> values)
    {
        for (var column = 0; column < values.Count; column++)
        {
            var row = Array.FindIndex(values[column], double.IsNaN);
            if (row >= 0)
            {
                throw new UsageException(
                    $"{table.Where(row)}: {names[column]} is empty, and a linear model takes no missing values. Set \"impute\": true in "
                        + "the options to put the column's mean there, or take boosting."
                );
            }
        }
    }
}
