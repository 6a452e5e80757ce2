using System.Text;
using Tradepost.DuckDb.Bindings;
using Tradepost.DuckDb.Execution;
using Tradepost.DuckDb.Types;

namespace Tradepost.DuckDb;

/// <summary>
/// The fast way into a table: rows are written column by column into DuckDB's own memory, a chunk at a time.
/// </summary>
/// <remarks>
/// <para>Fill up to <see cref="Capacity"/> rows, <see cref="Append"/>, repeat, and <see cref="Complete"/> at the end. Disposing
/// without <see cref="Complete"/> discards what DuckDB has not written yet; it writes about every 200 000 rows, so for all or
/// nothing use a transaction.</para>
/// <para>Set every column of every row, or set it null: a number that is not set is what the chunk before had there, a text is
/// empty. Not thread-safe; appenders on different connections may work in parallel.</para>
/// </remarks>
public sealed unsafe class DuckDbAppender : IDisposable
{
    private readonly DuckDbConnection owner;
    private readonly string table;
    private readonly AppenderHandle appender;
    private readonly DataChunkHandle chunk;
    private readonly TypeDescription[] types;
    private readonly nint[] vectors;
    private bool completed;

    internal DuckDbAppender(DuckDbConnection owner, string? schema, string table, IReadOnlyList<string>? columns)
    {
        this.owner = owner;
        this.table = table;
        var connection = owner.Handle;
        var state = Appenders.Create(connection, schema, table, out appender);
        appender.Bind(connection);
        try
        {
            Check(state);
            foreach (var column in columns ?? [])
                AddColumn(table, column);
            types = new TypeDescription[Appenders.ColumnCount(appender)];
            vectors = new nint[types.Length];
            chunk = CreateChunk();
            Columns = Describe(connection, schema, table, columns);
            RefuseNested();
            TakeVectors();
            for (var i = 0; i < vectors.Length; i++)
                Clear(i);
            owner.Add(this);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How many rows a chunk holds: 2048.</summary>
    public int Capacity { get; } = (int)Vectors.Capacity();

    /// <summary>The columns, in the order in which they are addressed.</summary>
    public IReadOnlyList<DuckDbColumnInfo> Columns { get; }

    /// <summary>
    /// The column's memory, <see cref="Capacity"/> values long, to be written to: <c>long</c> for BIGINT, TIME and the TIMESTAMPs
    /// (microseconds since 1970 in UTC), <c>int</c> for INTEGER and DATE (days since 1970), DECIMAL as <c>short</c>, <c>int</c>,
    /// <c>long</c> or <see cref="Int128"/> by its precision (up to 4, 9, 18, 38), <c>byte</c> or <c>bool</c> for BOOLEAN. Valid
    /// until <see cref="Append"/>; ask again for every chunk.
    /// </summary>
    /// <exception cref="InvalidOperationException">The size of <typeparamref name="T"/> is not that of the column's values.</exception>
    public Span<T> Column<T>(int column)
        where T : unmanaged
    {
        PhysicalSize.Require<T>(types[column]);
        return new Span<T>((void*)Vectors.Data(Vector(column)), Capacity);
    }

    /// <summary>Sets a VARCHAR, JSON or BLOB; the bytes are copied. JSON is stored as it comes, without a check of its syntax.</summary>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    /// <exception cref="ArgumentException">The bytes for a VARCHAR or JSON are not valid UTF-8.</exception>
    public void SetText(int column, int row, ReadOnlySpan<byte> utf8)
    {
        var vector = Vector(column);
        CheckRow(row);
        var type = types[column];
        if (type.Id is not (DuckDbType.Varchar or DuckDbType.Blob))
            throw new InvalidOperationException($"Column {Columns[column].Name} is {type.Name}, not VARCHAR, JSON or BLOB.");
        if (type.Id == DuckDbType.Varchar && !System.Text.Unicode.Utf8.IsValid(utf8))
            throw new ArgumentException($"The text for column {Columns[column].Name}, row {row}, is not valid UTF-8: {Convert.ToHexString(utf8[..Math.Min(utf8.Length, 32)])}.", nameof(utf8));
        if (utf8.Length <= StringElement.InlineLength)
        {
            StringElement.WriteInline((StringElement*)Vectors.Data(vector) + row, utf8);
            return;
        }
        fixed (byte* text = utf8)
            Vectors.AssignBytes(vector, (ulong)row, text, (ulong)utf8.Length);
    }

    /// <summary>Sets a VARCHAR or JSON.</summary>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public void SetText(int column, int row, ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> utf8 = length <= 1024 ? stackalloc byte[length] : new byte[length];
        SetText(column, row, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    /// <summary>Makes a cell null. It stays null in this chunk even if a value is written to it later.</summary>
    public void SetNull(int column, int row)
    {
        var vector = Vector(column);
        CheckRow(row);
        Vectors.EnsureValidityWritable(vector);
        Vectors.Validity(vector)[row >> 6] &= ~(1UL << row);
    }

    /// <summary>Hands the first <paramref name="rows"/> rows over and empties the chunk; nothing is null in the next one.</summary>
    /// <exception cref="DuckDbException">DuckDB refused rows, of this chunk or an earlier one; its message says which constraint.</exception>
    public void Append(int rows)
    {
        ObjectDisposedException.ThrowIf(appender.IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Capacity);
        if (rows == 0)
            return;
        DataChunks.SetSize(chunk, (ulong)rows);
        Tell(Appenders.AppendChunk(appender, chunk));
        DataChunks.Reset(chunk);
        TakeVectors();
        // A text left over points to memory that is gone by now.
        for (var i = 0; i < vectors.Length; i++)
        {
            if (types[i].Id is DuckDbType.Varchar or DuckDbType.Blob)
                Clear(i);
        }
    }

    /// <summary>Writes everything that was appended and ends the appender.</summary>
    /// <exception cref="DuckDbException">DuckDB refused rows; none of those it had not written before are in the table then.</exception>
    public void Complete()
    {
        ObjectDisposedException.ThrowIf(appender.IsClosed, this);
        if (completed)
            throw new InvalidOperationException("The appender is complete already.");
        completed = true;
        Tell(Appenders.Close(appender));
    }

    /// <summary>Frees the appender; without <see cref="Complete"/>, what DuckDB has not written yet is discarded.</summary>
    public void Dispose()
    {
        owner.Remove(this);
        chunk?.Dispose();
        appender.Dispose();
    }

    private void AddColumn(string table, string column)
    {
        if (Appenders.AddColumn(appender, column) == State.Success)
            return;
        var error = ErrorText.From(appender);
        throw new DuckDbException($"The appender cannot write column '{column}' of '{table}': {error.Message}", error.ErrorType, error);
    }

    private DataChunkHandle CreateChunk()
    {
        var handles = new LogicalTypeHandle[types.Length];
        try
        {
            for (var i = 0; i < handles.Length; i++)
            {
                handles[i] = Appenders.ColumnType(appender, (ulong)i);
                types[i] = TypeDescription.Of(handles[i]);
            }
            return DataChunks.Create([.. handles.Select(static handle => handle.DangerousGetHandle())], (ulong)handles.Length);
        }
        finally
        {
            foreach (var handle in handles)
                handle?.Dispose();
        }
    }

    private DuckDbColumnInfo[] Describe(ConnectionHandle connection, string? schema, string table, IReadOnlyList<string>? columns)
    {
        if (columns is { Count: > 0 })
            return [.. columns.Zip(types, static (name, type) => type.Column(name))];
        var state = TableDescriptions.Create(connection, schema, table, out var description);
        using (description)
        {
            return state == State.Success
                ? [.. types.Select((type, i) => type.Column(Library.Owned(TableDescriptions.ColumnName(description, (ulong)i)) ?? ""))]
                : throw ErrorText.From(Library.Borrowed(TableDescriptions.Error(description)));
        }
    }

    private void TakeVectors()
    {
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = DataChunks.Vector(chunk, (ulong)i);
    }

    private void Clear(int column) => new Span<byte>((void*)Vectors.Data(vectors[column]), Capacity * types[column].Size).Clear();

    private void RefuseNested()
    {
        for (var i = 0; i < types.Length; i++)
        {
            if (types[i].Size == 0 || types[i].Id is DuckDbType.Bit or DuckDbType.Bignum or DuckDbType.Geometry)
                throw new NotSupportedException($"Column {Columns[i].Name} is {types[i].Name}, which an appender cannot write; leave it out by naming the other columns, or insert with SQL.");
        }
    }

    private nint Vector(int column)
    {
        ObjectDisposedException.ThrowIf(chunk.IsClosed, this);
        return vectors[column];
    }

    private void CheckRow(int row)
    {
        if ((uint)row >= (uint)Capacity)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"A chunk has the rows 0 to {Capacity - 1}.");
    }

    private void Tell(State state)
    {
        owner.Executed?.Invoke(DuckDbStatementType.Insert, table);
        Check(state);
    }

    private void Check(State state)
    {
        if (state != State.Success)
            throw ErrorText.From(appender);
    }
}
