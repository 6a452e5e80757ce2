using Tradepost.Learning.Evaluation;

namespace Tradepost.Learning.Tests.Evaluation;

public sealed class TimeSplitsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static readonly DateTime Day = new(2024, 1, 1);

    [Fact]
    public void Walking_forward_never_fits_on_what_it_judges_or_later()
    {
        var splits = TimeSplits.WalkForward(100, 3, 10, gap: 5, maximumTrainSize: 40, cancellationToken: Cancelled);

        splits
            .Select(split => (split.Train[0], split.Train[^1], split.Test[0], split.Test[^1]))
            .ShouldBe([(25, 64, 70, 79), (35, 74, 80, 89), (45, 84, 90, 99)]);
        Should.Throw<ArgumentException>(() => TimeSplits.WalkForward(20, 2, 10, cancellationToken: Cancelled));
    }

    [Fact]
    public void Purging_leaves_no_label_that_overlaps_and_the_embargo_nothing_just_after()
    {
        var starts = Enumerable.Range(0, 60).Select(i => Day.AddDays(i)).ToArray();
        var ends = starts.Select(start => start.AddDays(3)).ToArray();

        var splits = TimeSplits.Purged(starts, ends, 3, TimeSpan.FromDays(4), cancellationToken: Cancelled);

        splits.SelectMany(split => split.Test).ShouldBe(Enumerable.Range(0, 60));
        foreach (var split in splits)
        {
            var (from, until) = (starts[split.Test[0]], ends[split.Test[^1]]);
            split.Train.ShouldAllBe(i => ends[i] < from || starts[i] > until.AddDays(4));
        }

        splits[1].Train.Length.ShouldBe(17 + 13);
    }
}
