using System.Collections;
using System.Data.Common;

namespace Tradepost.DuckDb;

/// <summary>The parameters of a command. Names are compared without case and without a leading <c>$</c>, <c>@</c> or <c>:</c>.</summary>
public sealed class DuckDbParameterCollection : DbParameterCollection
{
    private readonly List<DuckDbParameter> parameters = [];

    /// <inheritdoc />
    public override int Count => parameters.Count;

    /// <inheritdoc />
    public override object SyncRoot => ((ICollection)parameters).SyncRoot;

    public new DuckDbParameter this[int index]
    {
        get => parameters[index];
        set => parameters[index] = value;
    }

    /// <summary>Adds a positional parameter, or a named one when the value is a <see cref="DuckDbParameter"/>; returns its index.</summary>
    public override int Add(object? value)
    {
        parameters.Add(value as DuckDbParameter ?? new DuckDbParameter(value));
        return parameters.Count - 1;
    }

    /// <summary>Adds a named parameter.</summary>
    public DuckDbParameter Add(string name, object? value)
    {
        var parameter = new DuckDbParameter(name, value);
        parameters.Add(parameter);
        return parameter;
    }

    /// <inheritdoc />
    public override void AddRange(Array values)
    {
        foreach (var value in values)
            Add(value);
    }

    /// <inheritdoc />
    public override void Clear() => parameters.Clear();

    /// <inheritdoc />
    public override bool Contains(object? value) => IndexOf(value) >= 0;

    /// <inheritdoc />
    public override bool Contains(string value) => IndexOf(value) >= 0;

    /// <inheritdoc />
    public override void CopyTo(Array array, int index) => ((ICollection)parameters).CopyTo(array, index);

    /// <inheritdoc />
    public override IEnumerator GetEnumerator() => parameters.GetEnumerator();

    /// <inheritdoc />
    public override int IndexOf(object? value) => value is DuckDbParameter parameter ? parameters.IndexOf(parameter) : -1;

    /// <inheritdoc />
    public override int IndexOf(string parameterName)
    {
        var name = Bare(parameterName);
        for (var i = 0; i < parameters.Count; i++)
        {
            if (name.Equals(Bare(parameters[i].ParameterName), StringComparison.OrdinalIgnoreCase) && name.Length > 0)
                return i;
        }
        return -1;
    }

    /// <inheritdoc />
    public override void Insert(int index, object? value) => parameters.Insert(index, value as DuckDbParameter ?? new DuckDbParameter(value));

    /// <inheritdoc />
    public override void Remove(object? value)
    {
        if (IndexOf(value) is >= 0 and var index)
            parameters.RemoveAt(index);
    }

    /// <inheritdoc />
    public override void RemoveAt(int index) => parameters.RemoveAt(index);

    /// <inheritdoc />
    public override void RemoveAt(string parameterName) => parameters.RemoveAt(Existing(parameterName));

    /// <inheritdoc />
    protected override DbParameter GetParameter(int index) => parameters[index];

    /// <inheritdoc />
    protected override DbParameter GetParameter(string parameterName) => parameters[Existing(parameterName)];

    /// <inheritdoc />
    protected override void SetParameter(int index, DbParameter value) => parameters[index] = (DuckDbParameter)value;

    /// <inheritdoc />
    protected override void SetParameter(string parameterName, DbParameter value) => parameters[Existing(parameterName)] = (DuckDbParameter)value;

    private static ReadOnlySpan<char> Bare(string name) => name.Length > 0 && name[0] is ('$' or '@' or ':') ? name.AsSpan(1) : name;

    private int Existing(string parameterName)
    {
        var index = IndexOf(parameterName);
        return index >= 0 ? index : throw new ArgumentException($"There is no parameter '{parameterName}'.", nameof(parameterName));
    }
}
