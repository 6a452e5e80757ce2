using Tradepost.Storage.Tables;
using SqlText = Tradepost.Storage.Dialects.Sql;

namespace Tradepost.Storage.Sources;

internal sealed class DuckDbSourceDialect : SourceDialect
{
    public override string Name(string identifier) => SqlText.Name(identifier);

    public override string DayOf(string timeExpression) =>
        $"CAST(COALESCE(date_diff('day', DATE '1970-01-01', CAST({timeExpression} AS DATE)), 0) AS INTEGER)";

    public override string BlockOf(string integerExpression, int size) =>
        $"CAST(({integerExpression} // {size}) % {int.MaxValue} AS INTEGER)";

    public override string AsBigInt(string expression) => $"CAST({expression} AS BIGINT)";

    public override string RowHash(IReadOnlyList<Column> columns, IReadOnlyDictionary<string, SourceColumn> sources) =>
        $"CAST(hash({string.Join(", ", columns.Select(column => Name(column.Name)))}) & 4294967295 AS BIGINT)";

    public override string? Converted(string expression, Column column, SourceColumn source) =>
        DuckDbCasts.Exact(expression, source.Type, column) is var exact && exact != expression ? exact : null;

    public override string? IsKey(string expression, SourceColumn column) =>
        $"{DuckDbCasts.Exact(expression, column.Type, new Column("key", ColumnType.BigInt))} IS NOT NULL";

    public override string Time(DateTime time) => $"TIMESTAMP '{time.ToString("yyyy-MM-dd HH:mm:ss.ffffff")}'";
}
