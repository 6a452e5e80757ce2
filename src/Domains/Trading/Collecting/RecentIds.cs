namespace Tradepost.Trading.Collecting;

/// <summary>
/// The largest ids that were seen of a stream: an id that is among them, or smaller than all of them, was recorded already.
/// </summary>
internal sealed class RecentIds
{
    private const int Capacity = 4_096;

    /// <summary>Ascending from begin to end. Nearly every id is larger than all before, and is put at the end.</summary>
    private readonly long[] ids = new long[Capacity * 2];
    private int begin;
    private int end;
    private long forgotten = -1;

    public bool TryAdd(long id)
    {
        if (id <= forgotten)
        {
            return false;
        }

        var held = ids.AsSpan(begin, end - begin);
        var place = held.IsEmpty || id > held[^1] ? ~held.Length : held.BinarySearch(id);
        if (place >= 0)
        {
            return false;
        }

        Insert(~place, id);
        if (end - begin > Capacity)
        {
            forgotten = ids[begin++];
        }

        return true;
    }

    private void Insert(int place, long id)
    {
        if (end == ids.Length)
        {
            ids.AsSpan(begin, end - begin).CopyTo(ids);
            (begin, end) = (0, end - begin);
        }

        var behind = ids.AsSpan(begin + place, end - begin - place);
        behind.CopyTo(ids.AsSpan(begin + place + 1));
        ids[begin + place] = id;
        end++;
    }
}
