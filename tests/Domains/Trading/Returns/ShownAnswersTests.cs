using Tradepost.Tests.Support;
using Tradepost.Trading.Editions;
using Tradepost.Trading.Features;

namespace Tradepost.Trading.Tests.Returns;

/// <summary>Answers that are kept until a job has published something else.</summary>
public sealed class ShownAnswersTests
{
    private static readonly FeatureSeries Made = HourlyRows.Made(2100);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task An_answer_is_read_again_when_a_training_or_a_prediction_has_published_something(StoreKind kind)
    {
        await using var world = await ReturnWorld.CreateAsync(kind);
        var answers = new ShownAnswers(world.Store, new ManualTime());
        var reads = 0;

        await AskAsync();
        await AskAsync();
        reads.ShouldBe(1);
        await world.TrainAsync(ReturnWorld.Small, Made);
        await AskAsync();
        await AskAsync();
        reads.ShouldBe(2);
        await world.PredictAsync(new(), Made);
        await AskAsync();
        await AskAsync();
        reads.ShouldBe(3);

        Task AskAsync() => answers.GetAsync("question", () => Task.FromResult(++reads), Cancellation);
    }

    [Fact]
    public async Task An_answer_is_read_again_when_features_were_made()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        var answers = new ShownAnswers(world.Store, new ManualTime());
        var reads = 0;

        await answers.GetAsync("question", () => Task.FromResult(++reads), Cancellation);
        await CandleWorld.FeaturesAsync(world);
        await answers.GetAsync("question", () => Task.FromResult(++reads), Cancellation);

        reads.ShouldBe(2);
    }
}
