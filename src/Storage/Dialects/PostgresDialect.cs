using System.Runtime.CompilerServices;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Dialects;

public sealed class PostgresDialect : Dialect
{
    public override string Name => "postgres";

    public override string WideInteger => "numeric";

    public override string CreateAnew(string table, string columns) =>
        $"DROP TABLE IF EXISTS {table}; CREATE UNLOGGED TABLE {table} ({columns});";

    // Not a temporary one: with those PostgreSQL makes no parallel plans.
    public override string WorkTable => "UNLOGGED TABLE";

    public override string Analyze(string table) => $"ANALYZE {table};";

    // Its numeric keeps every place without being told, and each cast costs as much as the arithmetic.
    public override string Money(string expression) => expression;

    public override string Whole(string expression) => expression;

    public override string EachDay(string first, string last) => $"generate_series({first}, {last}, INTERVAL '1 day')";

    public override string TypeName(Column column) =>
        column.Type switch
        {
            ColumnType.Boolean => "boolean",
            ColumnType.Integer => "integer",
            ColumnType.BigInt => "bigint",
            ColumnType.Decimal => $"numeric({column.Precision},{column.Scale})",
            ColumnType.Double => "double precision",
            ColumnType.Text => "text",
            ColumnType.Date => "date",
            ColumnType.Timestamp => "timestamp",
            ColumnType.Uuid => "uuid",
            ColumnType.Json => "jsonb",
            ColumnType.Binary => "bytea",
            _ => throw new SwitchExpressionException(column.Type),
        };
}
