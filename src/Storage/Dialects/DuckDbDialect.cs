using System.Runtime.CompilerServices;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Dialects;

public sealed class DuckDbDialect : Dialect
{
    public override string Name => "duckdb";

    public override string Product => "DuckDB";

    public override string CreateSequence(string name) => $"CREATE SEQUENCE {Sql.Name(name)}";

    public override string Identity(string sequence) => $"BIGINT DEFAULT nextval({Sql.Literal(sequence)})";

    public override string WideInteger => "HUGEINT";

    public override string CreateAnew(string table, string columns) => $"CREATE OR REPLACE TABLE {table} ({columns});";

    public override string WorkTable => "TEMP TABLE";

    public override string Analyze(string table) => "";

    public override string ReadyForLargeWork => "CREATE OR REPLACE TEMP MACRO div(a, b) AS a // b";

    public override string LookUpBy(string table) => "";

    public override string CreatePartition(string table, string partition, string column, long from, long to) => throw NoPartitions();

    public override string PartitionsOf(string table) => throw NoPartitions();

    public override string Matches(string expression, string pattern) => $"regexp_matches({expression}, {pattern}, 'i')";

    public override string TextColumns =>
        """
            SELECT c.table_name, c.column_name, c.data_type
            FROM duckdb_columns() c JOIN duckdb_tables() t ON t.table_oid = c.table_oid AND t.schema_oid = c.schema_oid
              AND t.database_oid = c.database_oid
            WHERE c.schema_name = 'main' AND NOT t.temporary AND c.database_name = current_database()
              AND c.data_type IN ('VARCHAR', 'JSON') ORDER BY 1, 2
            """;

    public override string Money(string expression) => $"CAST({expression} AS numeric(18,2))";

    public override string Whole(string expression) => $"CAST({expression} AS numeric(18,0))";

    public override string EachDay(string first, string last) => $"unnest(generate_series({first}, {last}, INTERVAL '1 day'))";

    public override string MergeJson(string below, string above) => $"json_merge_patch({below}, {above})";

    public override string ContainsJson(string whole, string part) => $"json_contains({whole}, {part})";

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

    private static NotSupportedException NoPartitions() => new("Tables of DuckDB have no partitions.");
}
