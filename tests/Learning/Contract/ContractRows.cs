using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Contract;

/// <summary>Rows for any estimator: <see cref="Columns"/> values a row, one row after another, and a target for those that learn one.</summary>
public sealed record ContractRows(int Columns, double[] Values, double[] Target)
{
    public int Count => Values.Length / Columns;

    /// <summary>Normal features, a target that is linear in them with a kink, and noise.</summary>
    public static ContractRows Some(int count = 400, int columns = 4, long seed = 1)
    {
        var random = new RandomStream(seed);
        double[] values = [.. Enumerable.Range(0, count * columns).Select(_ => random.NextNormal())];
        double[] target =
        [
            .. Enumerable
                .Range(0, count)
                .Select(row => 3 + (2 * values[row * columns]) - Math.Abs(values[(row * columns) + 1]) + (0.3 * random.NextNormal())),
        ];
        return new ContractRows(columns, values, target);
    }

    public double[] Column(int column) => [.. Enumerable.Range(0, Count).Select(row => Values[(row * Columns) + column])];

    public double[] Row(int row) => Values[(row * Columns)..((row + 1) * Columns)];

    public ContractRows Take(IReadOnlyList<int> rows) => new(Columns, [.. rows.SelectMany(Row)], [.. rows.Select(row => Target[row])]);

    public ContractRows First(int count) => Take([.. Enumerable.Range(0, count)]);

    /// <summary>Every value of a column by another rule.</summary>
    public ContractRows WithColumn(int column, Func<int, double, double> rule) =>
        this with
        {
            Values = [.. Values.Select((value, i) => i % Columns == column ? rule(i / Columns, value) : value)],
        };

    public ContractRows WithTarget(Func<int, double, double> rule) =>
        this with
        {
            Target = [.. Target.Select((value, row) => rule(row, value))],
        };
}
