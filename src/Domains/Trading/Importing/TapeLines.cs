using Tradepost.Storage.Files;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
using Tradepost.Trading.Tapes;

namespace Tradepost.Trading.Importing;

/// <summary>Lines of quotes or trades for a load of files.</summary>
internal sealed class TapeLines(TapeKind kind, bool keepRepeated)
    : LineParser(new Table(TapeRows.TableOf(kind), TapeRows.ColumnsOf(kind), []))
{
    private readonly TapeRows rows = new(kind, keepRepeated);

    public override Finding Add(RowBatch batch, ReadOnlySpan<byte> line) =>
        rows.Add(batch, line) is not Defect.None and var defect ? new Finding(defect.Name(), defect.IsTaken()) : Finding.Row;
}
