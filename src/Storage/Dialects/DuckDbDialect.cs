using System.Runtime.CompilerServices;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Dialects;

public sealed class DuckDbDialect : Dialect
{
    public override string Name => "duckdb";

    public override string WideInteger => "HUGEINT";

    public override string CreateAnew(string table, string columns) => $"CREATE OR REPLACE TABLE {table} ({columns});";

    public override string WorkTable => "TEMP TABLE";

    public override string Analyze(string table) => "";

    public override string Money(string expression) => $"CAST({expression} AS numeric(18,2))";

    public override string Whole(string expression) => $"CAST({expression} AS numeric(18,0))";

    public override string EachDay(string first, string last) => $"unnest(generate_series({first}, {last}, INTERVAL '1 day'))";

    public override string TypeName(Column column) =>
        column.Type switch
        {
            ColumnType.Boolean => "BOOLEAN",
            ColumnType.Integer => "INTEGER",
            ColumnType.BigInt => "BIGINT",
            ColumnType.Decimal => $"DECIMAL({column.Precision},{column.Scale})",
            ColumnType.Double => "DOUBLE",
            ColumnType.Text => "VARCHAR",
            ColumnType.Date => "DATE",
            ColumnType.Timestamp => "TIMESTAMP",
            ColumnType.Uuid => "UUID",
            ColumnType.Json => "JSON",
            ColumnType.Binary => "BLOB",
            _ => throw new SwitchExpressionException(column.Type),
        };
}
