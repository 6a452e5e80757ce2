using System.Threading.Channels;

namespace Tradepost.Storage.Files;

/// <summary>Reads a file from where it is in portions, ahead of whoever writes them; a fixed number of portions goes round.</summary>
internal sealed class PortionReader(LineReader reader, LineParser parser)
{
    private const int PortionsInFlight = 8;
    private const int MostRejects = 4_096;

    /// <summary>The rule of a line in whose middle a file ends.</summary>
    public const string CutOff = "cut_off";

    private readonly Channel<Portion> free = Channel.CreateBounded<Portion>(PortionsInFlight);
    private readonly Channel<Portion> filled = Channel.CreateBounded<Portion>(PortionsInFlight);

    public ChannelReader<Portion> Portions => filled.Reader;

    /// <summary>Where a file ended when its last, cut line was kept aside already.</summary>
    public long? KnownEnd { get; init; }

    /// <summary>Gives a portion back when its rows are written.</summary>
    public void Return(Portion portion) => free.Writer.TryWrite(portion);

    public Task RunAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < PortionsInFlight; i++)
        {
            free.Writer.TryWrite(new Portion(parser.Table.Columns));
        }

        return Task.Run(() => ReadAsync(cancellationToken), CancellationToken.None);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var isLast = false; !isLast; )
            {
                var portion = await free.Reader.ReadAsync(cancellationToken);
                portion.Clear();
                isLast = Fill(portion);
                await filled.Writer.WriteAsync(portion, cancellationToken);
            }

            filled.Writer.Complete();
        }
        catch (Exception e)
        {
            filled.Writer.Complete(e);
        }
    }

    /// <summary>Fills a portion with lines; true when there are no more.</summary>
    private bool Fill(Portion portion)
    {
        while (!portion.IsLast && portion.Rows.Count + parser.RowsPerLine <= portion.Rows.Capacity && portion.Rejects.Count < MostRejects)
        {
            if (!reader.TryRead(out var line))
            {
                portion.IsLast = true;
                KeepCut(portion, reader.LineNumber + 1, line);
            }
            else if (reader.Tail > 0)
            {
                portion.IsLast = true;
                KeepCut(portion, reader.LineNumber, line);
            }
            else
            {
                Add(portion, line);
                (portion.Lines, portion.IsLast) = (reader.LineNumber, !reader.IsTerminated);
            }
        }

        (portion.Bytes, portion.Hash) = (reader.Offset, reader.Hash());
        portion.CompleteBytes = portion.IsLast ? reader.Offset + reader.Tail : null;
        return portion.IsLast;
    }

    private void KeepCut(Portion portion, long lineNumber, ReadOnlySpan<byte> line)
    {
        if (reader.IsCut && reader.Offset + reader.Tail != KnownEnd)
        {
            portion.Rejects.Add(parser.RejectOf(lineNumber, CutOff, line));
        }
    }

    private void Add(Portion portion, ReadOnlySpan<byte> line)
    {
        var finding = parser.Add(portion.Rows, line);
        if (finding.Rule is not { } rule)
        {
            return;
        }

        if (finding.IsRow)
        {
            portion.Noted.Add((rule, reader.FirstLineNumber));
        }
        else
        {
            portion.Rejects.Add(parser.RejectOf(reader.FirstLineNumber, rule, line));
        }
    }
}
