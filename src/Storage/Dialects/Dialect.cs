using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Dialects;

/// <summary>What differs between the SQL of the stores, in one place. Everything else is one text for all.</summary>
public abstract class Dialect
{
    /// <summary>Short name, as in the ending of a migration file: <c>duckdb</c>, <c>postgres</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The store's name for a column's type.</summary>
    public abstract string TypeName(Column column);

    /// <summary>An exact integer type wider than 64 bits.</summary>
    public abstract string WideInteger { get; }

    /// <summary>What goes between CREATE and TABLE for a table that need not survive a crash of the server.</summary>
    public abstract string Unlogged { get; }

    /// <summary>A set of days as timestamps, one a row, from one expression to another, both included.</summary>
    public abstract string EachDay(string first, string last);

    /// <summary>The columns of a table as they stand in CREATE TABLE.</summary>
    public string ColumnDefinitions(IEnumerable<Column> columns) =>
        string.Join(", ", columns.Select(c => $"{Sql.Name(c.Name)} {TypeName(c)}{(c.IsNullable ? "" : " NOT NULL")}"));
}
