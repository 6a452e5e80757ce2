namespace Tradepost.Learning.Regression.Linear;

/// <summary>What linear models take of so many rows and columns.</summary>
internal static class LinearSize
{
    /// <summary>
    /// Multiplications and additions of tiles of columns in a second of one processor, and of whatever streams through memory.
    /// </summary>
    private const double Tiled = 4e9;

    private const double Streamed = 1e9;
    private const double Descents = 200;
    private const int MostSlabs = 32;

    /// <summary>By the model's name.</summary>
    /// <param name="threads">As in its options.</param>
    public static WorkSize Of(string model, int rows, int columns, int? threads)
    {
        var (n, p) = ((double)rows, (double)columns);
        var table = n * p;
        return model switch
        {
            LinearModel.Logistic => Logistic(n, p),
            "lasso" or "elastic_net" => Descent(model, n, p),
            _ when columns > rows => Size(
                model,
                n,
                p,
                table + (n * n),
                2 * (table + (2 * n * n)),
                (n * n * p / Tiled) + (n * n * n / Streamed)
            ),
            _ => OfColumns(model, rows, columns, threads),
        };
    }

    /// <summary>Of least squares and ridge from products of columns.</summary>
    /// <param name="rows">Null where they come in portions.</param>
    public static WorkSize OfColumns(string model, int? rows, int columns, int? threads = 1)
    {
        var (n, p) = ((double)(rows ?? columns), (double)columns);
        var squares = (4.0 + Math.Min(MostSlabs, threads ?? Environment.ProcessorCount)) * p * p;
        return Size(model, n, p, p * p, squares + (rows is null ? 0 : n * p), ((n * p * p / 2) / Tiled) + (p * p * p / Streamed));
    }

    private static WorkSize Logistic(double n, double p)
    {
        var isNewton = p <= LogisticRegression.MostColumnsOfNewton;
        var steps = isNewton ? 10 * ((n * p * p / 2 / Tiled) + (p * p * p / Streamed)) : 2000 * n * p / Streamed;
        return Size(LinearModel.Logistic, n, p, n * p, (n * p) + (4 * n) + (isNewton ? 34 * p * p : 50 * p), steps);
    }

    // Products of columns are made of those that move; at worst of all.
    private static WorkSize Descent(string model, double n, double p)
    {
        var (moving, together) = (Math.Min(n, p), p > n ? 2 * n * n : p * p);
        return Size(model, n, p, Math.Max(n * p, moving * moving), (2 * n * p) + together + (moving * moving), Descents * n * p / Streamed);
    }

    private static WorkSize Size(string model, double rows, double columns, double largest, double numbers, double seconds) =>
        new()
        {
            Work = WorkSize.Say($"{Words(model)} of {rows:N0} rows and {columns:N0} columns"),
            Smaller = "Fewer columns (texts make a column per value) take less, and so does hist_gradient_boosting where columns are many.",
            LargestCount = Math.Max(largest, rows * columns),
            Bytes = sizeof(double) * numbers,
            Seconds = seconds,
        };

    private static string Words(string model) =>
        model switch
        {
            LinearModel.Logistic => "A logistic regression",
            "ols" => "Least squares",
            "ridge" => "A ridge regression",
            "lasso" => "A lasso",
            _ => "An elastic net",
        };
}
