using System.Collections.ObjectModel;
using System.Data;
using System.Data.Common;
using System.Globalization;
using Tradepost.DuckDb.Types;

namespace Tradepost.DuckDb;

/// <content>The result's columns.</content>
public sealed partial class DuckDbDataReader
{
    /// <inheritdoc />
    public override string GetName(int ordinal) => infos[ordinal].Name;

    /// <inheritdoc />
    /// <exception cref="IndexOutOfRangeException">No column has the name.</exception>
    public override int GetOrdinal(string name)
    {
        var index = Array.FindIndex(infos, info => info.Name == name);
        if (index < 0)
            index = Array.FindIndex(infos, info => info.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? index
            : throw new IndexOutOfRangeException($"The result has no column '{name}'; it has {string.Join(", ", infos.Select(static info => info.Name))}."); // the exception that ADO.NET prescribes
    }

    /// <summary>The type as SQL writes it.</summary>
    public override string GetDataTypeName(int ordinal) => infos[ordinal].TypeName;

    /// <inheritdoc />
    public override Type GetFieldType(int ordinal) => ClrTypes.Of(columns[ordinal].Type);

    /// <inheritdoc />
    public ReadOnlyCollection<DbColumn> GetColumnSchema() =>
        new([.. infos.Select((info, ordinal) => new DuckDbColumn(info, ordinal, GetFieldType(ordinal)))]);

    /// <inheritdoc />
    public override DataTable? GetSchemaTable()
    {
        if (FieldCount == 0)
            return null;
        var table = new DataTable("SchemaTable") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        table.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        table.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        table.Columns.Add(SchemaTableColumn.NumericPrecision, typeof(short));
        table.Columns.Add(SchemaTableColumn.NumericScale, typeof(short));
        table.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        table.Columns.Add(SchemaTableColumn.ProviderType, typeof(int));
        table.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsLong, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsKey, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsUnique, typeof(bool));
        table.Columns.Add("DataTypeName", typeof(string));
        for (var i = 0; i < infos.Length; i++)
        {
            var info = infos[i];
            table.Rows.Add(info.Name, i, -1, info.Precision, info.Scale, GetFieldType(i), (int)info.Type, true, false, false, false, info.TypeName);
        }
        return table;
    }

    private sealed class DuckDbColumn : DbColumn
    {
        public DuckDbColumn(DuckDbColumnInfo info, int ordinal, Type type)
        {
            ColumnName = info.Name;
            ColumnOrdinal = ordinal;
            DataType = type;
            DataTypeName = info.TypeName;
            AllowDBNull = true;
            NumericPrecision = info.Precision > 0 ? info.Precision : null;
            NumericScale = info.Precision > 0 ? info.Scale : null;
        }
    }
}
