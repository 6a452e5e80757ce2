using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>A query's result: the structure lives in native memory, so that it never moves.</summary>
internal sealed unsafe class ResultHandle : ConnectionBoundHandle
{
    public ResultHandle() => SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(ResultStructure)));

    /// <summary>What the statement gives back.</summary>
    public ResultType ReturnType => QueryResults.ReturnType(*(ResultStructure*)handle);

    /// <summary>Whether it ended in an error.</summary>
    public bool Failed => QueryResults.Error(this) != 0;

    /// <summary>The next chunk, or an invalid handle after the last one and after an error.</summary>
    public DataChunkHandle FetchChunk()
    {
        var counted = false;
        try
        {
            DangerousAddRef(ref counted);
            return QueryResults.FetchChunk(*(ResultStructure*)handle);
        }
        finally
        {
            if (counted)
                DangerousRelease();
        }
    }

    protected override void Destroy(ref nint native)
    {
        QueryResults.Destroy(native);
        NativeMemory.Free((void*)native);
    }
}
