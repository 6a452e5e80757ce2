using System.Globalization;

namespace Tradepost.Storage.Sources;

internal sealed class MySqlSourceDialect : SourceDialect
{
    public override string Name(string identifier) => $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";

    public override string DayOf(string timeExpression) => $"COALESCE(DATEDIFF({timeExpression}, '1970-01-01'), 0)";

    public override string BlockOf(string integerExpression, int size) => $"MOD({integerExpression} DIV {size}, {int.MaxValue})";

    public override string AsBigInt(string expression) => $"CAST({expression} AS SIGNED)";

    /// <summary>CRC32 of the row's text. Empty values are spelled out, because CONCAT_WS would drop them.</summary>
    public override string RowHash(IEnumerable<(string Expression, bool IsNullable)> values) =>
        $"CRC32(CONCAT_WS('|', {string.Join(", ", values.Select(v => v.IsNullable ? $"IFNULL({v.Expression}, '\\\\N')" : v.Expression))}))";

    public override string Time(DateTime time) => $"'{time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'";
}
