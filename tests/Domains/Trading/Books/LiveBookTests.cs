using Tradepost.Trading.Books;
using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Tests.Books;

public sealed class LiveBookTests
{
    private readonly LiveBook book = new(isChained: true);

    [Fact]
    public void While_no_snapshot_comes_the_oldest_changes_are_let_go_and_counted_and_a_later_snapshot_begins_the_book()
    {
        for (var id = 1; id <= LiveBook.MostBuffered + 500; id++)
        {
            book.Apply(Change(id)).ShouldBe(BookStep.Buffered);
        }

        book.Dropped.ShouldBe(500);
        book.Begin(Snapshot(100)).ShouldBeFalse(); // what followed on it was let go
        for (var id = LiveBook.MostBuffered + 501; id <= LiveBook.MostBuffered + 600; id++)
        {
            book.Apply(Change(id));
        }

        book.Begin(Snapshot(LiveBook.MostBuffered + 550)).ShouldBeTrue();
        (book.IsLive, book.LastUpdateId).ShouldBe((true, LiveBook.MostBuffered + 600));
    }

    [Fact]
    public void Few_changes_with_many_levels_are_let_go_too()
    {
        for (var id = 1; id <= 300; id++)
        {
            book.Apply(Change(id, levels: 10_000));
        }

        book.Dropped.ShouldBe(200);
    }

    private static BookSnapshot Snapshot(long id) => new(id, [new BookLevel(1, 1)], [new BookLevel(2, 1)]);

    private static MarketMessage Change(long id, int levels = 1)
    {
        var message = new MarketMessage
        {
            Kind = MessageKind.Depth,
            Symbol = "BTCUSDT",
            FirstUpdateId = id,
            UpdateId = id,
            PreviousUpdateId = id - 1,
        };
        message.Bids.AddRange(Enumerable.Range(1, levels).Select(price => new BookLevel(price, id)));
        return message;
    }
}
