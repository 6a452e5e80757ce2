using Tradepost.Arguments;
using Tradepost.Trading.Returns.Figures;

namespace Tradepost.Trading.Returns.Exporting;

/// <summary>The tables of returns as they are exported: queries that both stores take, whose columns have the names of the file.</summary>
internal static class ReturnExports
{
    /// <summary>Every fold of each model's newest version, and without a fold the whole walk; a column per figure.</summary>
    public static string Folds { get; } =
        $"""
            SELECT f.model, f.version, f.symbol, f.horizon, f.fold, f.trained_rows, f.train_from, f.train_to, f.test_from, f.test_to,
              f.data_fingerprint, f.feature_fingerprint, f.code_version, f.trained_at,
              {string.Join(",\n  ", FigureNames.Select(name => $"CAST(f.figures ->> '{name}' AS double precision) AS {name}"))}
            FROM return_folds f
            WHERE f.version = (SELECT max(n.version) FROM return_folds n WHERE n.model = f.model AND n.symbol = f.symbol)
            """;

    /// <summary>Every forecast of the folds of each model's newest version, and without a fold what was predicted live.</summary>
    public static string Predictions { get; } =
        """
            SELECT f.model, f.symbol, f.horizon, f.feature_time, f.target_time, f.fold, f.value, f.lower_bound AS lower,
              f.upper_bound AS upper, f.actual, f.version
            FROM return_forecasts f
            JOIN (SELECT model, symbol, max(version) AS version FROM return_folds GROUP BY model, symbol) n
              ON n.model = f.model AND n.symbol = f.symbol AND n.version = f.version
            UNION ALL
            SELECT p.model, p.entity, CAST(replace(p.horizon, 'h', '') AS integer), p.as_of, p.made_for, CAST(NULL AS integer), p.value,
              p.lower_bound, p.upper_bound, p.actual, p.version
            FROM predictions p WHERE p.model LIKE '%_log_return_%h'
            """;

    private static IEnumerable<string> FigureNames =>
        ResultJson.Options.GetTypeInfo(typeof(ReturnFigures)).Properties.Select(property => property.Name);
}
