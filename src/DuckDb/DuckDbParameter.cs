using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Tradepost.DuckDb;

/// <summary>A parameter. Its type follows from <see cref="Value"/>; <see cref="DbType"/> only decides between types of date and time.</summary>
public sealed class DuckDbParameter : DbParameter
{
    private string name = "";
    private DbType? dbType;

    public DuckDbParameter()
    {
    }

    /// <summary>A positional parameter.</summary>
    public DuckDbParameter(object? value) => Value = value;

    /// <summary>A named parameter; <c>$</c>, <c>@</c> or <c>:</c> before the name is optional.</summary>
    public DuckDbParameter(string parameterName, object? value)
    {
        ParameterName = parameterName;
        Value = value;
    }

    /// <inheritdoc />
    public override DbType DbType
    {
        get => dbType ?? DbType.Object;
        set => dbType = value;
    }

    /// <summary>Only <see cref="ParameterDirection.Input"/> exists.</summary>
    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input)
                throw new NotSupportedException($"DuckDB has input parameters only, not {value}; use RETURNING or a SELECT for output.");
        }
    }

    /// <inheritdoc />
    public override bool IsNullable { get; set; } = true;

    /// <inheritdoc />
    [AllowNull]
    public override string ParameterName
    {
        get => name;
        set => name = value ?? "";
    }

    /// <inheritdoc />
    public override int Size { get; set; }

    /// <inheritdoc />
    [AllowNull]
    public override string SourceColumn { get; set; } = "";

    /// <inheritdoc />
    public override bool SourceColumnNullMapping { get; set; }

    /// <inheritdoc />
    public override object? Value { get; set; }

    internal DbType? ExplicitType => dbType;

    /// <inheritdoc />
    public override void ResetDbType() => dbType = null;
}
