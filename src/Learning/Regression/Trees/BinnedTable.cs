using System.Runtime.InteropServices;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>
/// The columns as bins, a byte each: column by column, to divide rows by one of them, and in groups of eight with a row of a group in one
/// word, to add up a row's gradient in eight histograms at once.
/// </summary>
internal sealed class BinnedTable
{
    public const int GroupWidth = 8;

    private readonly byte[][] columns;
    private readonly ulong[][] groups;

    public BinnedTable(FeatureTable features, int mostBins, WorkTeam team, bool grouped, CancellationToken cancellationToken)
    {
        Rows = features.Rows;
        columns = new byte[features.Columns][];
        Features = new FeatureBins[columns.Length];
        team.Run(worker =>
        {
            for (var column = worker; column < columns.Length; column += team.Size)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var values = features.Column(column);
                Features[column] = FeatureBins.Of(values, features.Categorical[column], mostBins);
                columns[column] = GC.AllocateUninitializedArray<byte>(Rows);
                Features[column].Write(values, columns[column]);
            }
        });
        groups = new ulong[grouped ? (columns.Length + GroupWidth - 1) / GroupWidth : 0][];
        team.Run(worker =>
        {
            for (var group = worker; group < groups.Length; group += team.Size)
            {
                cancellationToken.ThrowIfCancellationRequested();
                groups[group] = Interleave(group);
            }
        });
    }

    public int Rows { get; }

    public int Columns => columns.Length;

    public FeatureBins[] Features { get; }

    public int Groups => groups.Length;

    public ReadOnlySpan<byte> Column(int column) => columns[column];

    public ReadOnlySpan<ulong> Group(int group) => groups[group];

    private ulong[] Interleave(int group)
    {
        var words = new ulong[Rows];
        var bytes = MemoryMarshal.AsBytes(words.AsSpan());
        for (var k = 0; k < GroupWidth && (group * GroupWidth) + k < columns.Length; k++)
        {
            var column = columns[(group * GroupWidth) + k];
            for (var row = 0; row < column.Length; row++)
            {
                bytes[(row * GroupWidth) + k] = column[row];
            }
        }

        return words;
    }
}
