namespace Tradepost.Arguments.Tests;

public sealed class SentenceTests
{
    [Fact]
    public void An_argument_is_spelled_as_whoever_reads_the_sentence_spells_it()
    {
        var sentence = new Sentence($"{nameof(Options.MaxDeletes):argument} is {0.5:0.00}, a text such as {"--no-option"}.");

        sentence.ToString().ShouldBe("--max-deletes is 0.50, a text such as --no-option.");
        sentence.InJson().ShouldBe("max_deletes is 0.50, a text such as --no-option.");
    }

    [Fact]
    public void A_sentence_may_be_a_part_of_another()
    {
        var part = new Sentence($"raise {nameof(Options.MaxDeletes):argument}");

        new Sentence($"Too many since {new DateTime(2026, 1, 31):yyyy-MM-dd}; {part}.")
            .InJson()
            .ShouldBe("Too many since 2026-01-31; raise max_deletes.");
    }

    private sealed record Options
    {
        public double MaxDeletes { get; init; }
    }
}
