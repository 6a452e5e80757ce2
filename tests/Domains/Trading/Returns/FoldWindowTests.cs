using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Tests.Returns;

public sealed class FoldWindowTests
{
    [Fact]
    public void A_fold_is_trained_on_rows_whose_label_ends_before_its_test()
    {
        var windows = FoldWindow.Of(10_000, 6, new WalkSettings());

        windows[0].ShouldBe(new FoldWindow(0, 0, 4320 - 6, 4320, 5040));
        windows[1].ShouldBe(new FoldWindow(1, 720, 5040 - 6, 5040, 5760));
        windows[^1].TestTo.ShouldBe(10_000);
    }

    [Fact]
    public void An_embargo_leaves_out_further_hours()
    {
        var window = FoldWindow.Of(10_000, 6, new WalkSettings { EmbargoHours = 48 })[3];

        window.TrainTo.ShouldBe(window.TestFrom - 6 - 48);
    }

    [Fact]
    public void Folds_are_the_same_however_long_the_series_is()
    {
        var (shorter, longer) = (FoldWindow.Of(9000, 24, new WalkSettings()), FoldWindow.Of(30_000, 24, new WalkSettings()));

        longer.Take(shorter.Count - 1).ShouldBe(shorter.SkipLast(1));
        (longer[shorter.Count - 1] with { TestTo = 9000 }).ShouldBe(shorter[^1]);
    }
}
