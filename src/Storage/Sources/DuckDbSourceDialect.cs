using System.Globalization;
using SqlText = Tradepost.Storage.Dialects.Sql;

namespace Tradepost.Storage.Sources;

internal sealed class DuckDbSourceDialect : SourceDialect
{
    public override string Name(string identifier) => SqlText.Name(identifier);

    public override string DayOf(string timeExpression) => $"CAST(COALESCE(date_diff('day', DATE '1970-01-01', CAST({timeExpression} AS DATE)), 0) AS INTEGER)";

    public override string BlockOf(string integerExpression, int size) => $"CAST(({integerExpression} // {size}) % {int.MaxValue} AS INTEGER)";

    public override string AsBigInt(string expression) => $"CAST({expression} AS BIGINT)";

    public override string RowHash(IEnumerable<(string Expression, bool IsNullable)> values) =>
        $"CAST(hash({string.Join(", ", values.Select(v => v.Expression))}) & 4294967295 AS BIGINT)";

    public override string Time(DateTime time) => $"TIMESTAMP '{time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'";
}
