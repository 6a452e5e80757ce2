using Tradepost.Learning.Clicks;
using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Learning.Clicks.Training;

namespace Tradepost.Learning.Tests.Clicks;

public sealed class CheckpointTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(13)]
    public void A_training_that_was_cut_short_ends_with_the_same_model_when_it_is_resumed(int epochs)
    {
        var options = Some.Options with { Patience = 4 };
        var whole = Some.Bytes(Some.Model(options));

        using var checkpoint = new MemoryStream();
        using (var first = new ClickTraining(options, Some.Log(), threads: 2, cancellationToken: Cancelled))
        {
            for (var i = 0; i < epochs; i++)
            {
                first.RunEpoch(cancellationToken: TestContext.Current.CancellationToken);
            }

            first.Save(checkpoint);
            using var stop = new CancellationTokenSource();
            stop.Cancel();
            Should.Throw<OperationCanceledException>(() => first.RunEpoch(cancellationToken: stop.Token));
        }

        checkpoint.Position = 0;
        using var second = ClickTraining.Resume(options, Some.Log(), checkpoint, threads: 1, cancellationToken: Cancelled);
        while (!second.IsDone)
        {
            second.RunEpoch(cancellationToken: TestContext.Current.CancellationToken);
        }

        Some.Bytes(second.Finish(cancellationToken: Cancelled)).ShouldBe(whole);
    }

    [Fact]
    public void A_checkpoint_of_other_rows_or_options_is_refused()
    {
        using var checkpoint = new MemoryStream();
        using (var first = new ClickTraining(Some.Options, Some.Log(), threads: 1, cancellationToken: Cancelled))
        {
            first.Save(checkpoint);
        }

        Refusal(Some.Options with { Dropout = 0.3 }, Some.Log(), checkpoint.ToArray()).ShouldContain("other rows, fields or options");
        Refusal(Some.Options, Some.Log(seed: 2), checkpoint.ToArray()).ShouldContain("other rows, fields or options");
        Refusal(Some.Options, Some.Log(), checkpoint.ToArray()[..^8]).ShouldContain("cut off or altered");

        static string Refusal(ClickOptions options, ClickLog log, byte[] bytes) =>
            Should
                .Throw<FormatException>(() =>
                    ClickTraining.Resume(options, log, new MemoryStream(bytes), threads: 1, cancellationToken: Cancelled)
                )
                .Message;
    }
}
