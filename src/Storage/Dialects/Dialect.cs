using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Dialects;

/// <summary>What differs between the SQL of the stores, in one place. Everything else is one text for all.</summary>
public abstract class Dialect
{
    /// <summary>Short name, as in the ending of a migration file: <c>duckdb</c>, <c>postgres</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What the database is called.</summary>
    public abstract string Product { get; }

    /// <summary>The store's name for a column's type.</summary>
    public abstract string TypeName(Column column);

    /// <summary>Makes what numbers the rows of a table, where that is no property of the column; may be empty.</summary>
    public abstract string CreateSequence(string name);

    /// <summary>The type of a 64-bit column that numbers its rows by that sequence.</summary>
    public abstract string Identity(string sequence);

    /// <summary>An exact integer type wider than 64 bits.</summary>
    public abstract string WideInteger { get; }

    /// <summary>Makes an empty table, which need not survive a crash of the server, in the place of one that is there.</summary>
    public abstract string CreateAnew(string table, string columns);

    /// <summary>A table for work between two steps of a large load: dropped by whoever made it, in the same transaction.</summary>
    public abstract string WorkTable { get; }

    /// <summary>The statement that tells the planner what a table made a moment ago holds, where it cannot know.</summary>
    public abstract string Analyze(string table);

    /// <summary>
    /// Statements that ready a transaction for joins and sums over large tables: memory and planning where they can be set, and functions
    /// that other stores have.
    /// </summary>
    public abstract string ReadyForLargeWork { get; }

    /// <summary>Statements that make the planner look up the few rows that a table names, rather than scan; may be empty.</summary>
    public abstract string LookUpBy(string table);

    /// <summary>Makes the partition of a range of a column, unless it is there or the default partition has rows of it.</summary>
    /// <exception cref="NotSupportedException">The store's tables have no partitions.</exception>
    public abstract string CreatePartition(string table, string partition, string column, long from, long to);

    /// <summary>A query for the names of a table's partitions.</summary>
    /// <exception cref="NotSupportedException">The store's tables have no partitions.</exception>
    public abstract string PartitionsOf(string table);

    /// <summary>Whether an expression has a match of a regular expression, whatever the case of its letters.</summary>
    public abstract string Matches(string expression, string pattern);

    /// <summary>A query for table, column and type of every column of texts in the tables of the store.</summary>
    public abstract string TextColumns { get; }

    /// <summary>An exact amount of money with two places, from an expression over exact numbers.</summary>
    public abstract string Money(string expression);

    /// <summary>A whole number as an exact one that can be multiplied with money.</summary>
    public abstract string Whole(string expression);

    /// <summary>A set of days as timestamps, one a row, from one expression to another, both included.</summary>
    public abstract string EachDay(string first, string last);

    /// <summary>A JSON object with the members of another put over its own.</summary>
    public abstract string MergeJson(string below, string above);

    /// <summary>Whether a JSON object has all members of another, with the same values.</summary>
    public abstract string ContainsJson(string whole, string part);

    /// <summary>The columns of a table as they stand in CREATE TABLE.</summary>
    public string ColumnDefinitions(IEnumerable<Column> columns) =>
        string.Join(", ", columns.Select(c => $"{Sql.Name(c.Name)} {TypeName(c)}{(c.IsNullable ? "" : " NOT NULL")}"));
}
