using Tradepost.Storage.Backups;

namespace Tradepost.Storage.Tests.Backups;

public sealed class CopyRowsTests
{
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] Row = [0, 2, 0, 0, 0, 3, 1, 2, 3, 0xFF, 0xFF, 0xFF, 0xFF];
    private static readonly byte[] Other = [0, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Rows_are_found_however_the_bytes_are_cut(int size)
    {
        byte[] all = [.. Header, .. Row, .. Other, .. Row, 0xFF, 0xFF];
        var rows = new CopyRows();

        foreach (var piece in all.Chunk(size))
        {
            rows.Read(piece);
        }

        var expected = new RowSum();
        expected.Add(Other);
        expected.Add(Row);
        expected.Add(Row);
        rows.Sum.Rows.ShouldBe(3);
        rows.Sum.ToString().ShouldBe(expected.ToString());
    }
}
