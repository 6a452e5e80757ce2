using Tradepost.Learning.Clicks;
using Tradepost.Learning.Clicks.Encoding;

namespace Tradepost.Learning.Tests.Clicks;

public sealed class EncodingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Frequent_values_have_ids_rare_and_unseen_ones_share_one_each()
    {
        var encoder = Encoder(new ClickField { Name = "site", MinCount = 2 }, "a", "b", "a", "b", "c", "d", "b");

        Ids(encoder, "a").ShouldBe([2]);
        Ids(encoder, "b").ShouldBe([3]);
        Ids(encoder, "c").ShouldBe([FieldEncoder.Rare]);
        Ids(encoder, "d").ShouldBe([FieldEncoder.Rare]);
        Ids(encoder, "e").ShouldBe([FieldEncoder.Unknown]);
        encoder.Fields[0].Counts.ShouldBe([0, 1, 2, 3]);
    }

    [Fact]
    public void Several_values_are_averaged_and_slots_may_be_empty()
    {
        var encoder = Encoder(
            new ClickField
            {
                Name = "genres",
                Kind = FieldKind.MultiValued,
                MinCount = 1,
            },
            "drama|war",
            "war",
            "",
            "drama|war|love"
        );

        Ids(encoder, "war").ShouldBe([3, -1, -1]);
        Ids(encoder, "love|drama|war|western").ShouldBe([4, 2, 3]);
        Ids(encoder, "").ShouldBe([-1, -1, -1]);
        Weights(encoder, "drama|war").ShouldBe([0.5f, 0.5f, 0]);
    }

    [Fact]
    public void Numbers_are_cut_at_quantiles_or_standardised()
    {
        string[] numbers = ["1", "2", "3", "4", ""];
        var buckets = Encoder(
            new ClickField
            {
                Name = "price",
                Kind = FieldKind.Bucketised,
                Buckets = 4,
            },
            numbers
        );
        var scaled = Encoder(new ClickField { Name = "price", Kind = FieldKind.Scaled }, numbers);

        new[] { "", "-5", "2", "2.5", "100" }.Select(text => Ids(buckets, text)[0]).ShouldBe([0, 1, 1, 2, 3]);
        Ids(scaled, "").ShouldBe([0]);
        Ids(scaled, "3").ShouldBe([1]);
        Weights(scaled, "3")[0].ShouldBe(0.5f / MathF.Sqrt(1.25f), 1e-6f);
    }

    [Fact]
    public void A_log_and_rows_to_predict_are_encoded_alike()
    {
        ClickField[] fields =
        [
            new() { Name = "a", MinCount = 2 },
            new()
            {
                Name = "b",
                Kind = FieldKind.MultiValued,
                MinCount = 1,
            },
            new() { Name = "c", Kind = FieldKind.Bucketised },
            new() { Name = "d", Kind = FieldKind.Scaled },
        ];
        string[][] rows =
        [
            ["x", "1|2", "5", "1"],
            ["y", "2", "6", ""],
            ["x", "", "", "7"],
            ["z", "3|1", "5", "2"],
        ];
        var log = new ClickLog(fields);
        foreach (var row in rows)
        {
            Fill(row, log.Set);
            log.EndRow(0);
        }

        var encoder = ClickEncoder.Fit(log, [true, true, true, true], 1, cancellationToken: Cancelled);
        var encoded = encoder.Encode(log, Cancelled);
        var set = new ClickRows(encoder, 1);
        foreach (var row in rows)
        {
            Fill(row, set.Set);
            set.EndRow();
        }

        set.Ids.AsSpan(0, encoded.Ids.Length).ToArray().ShouldBe(encoded.Ids);
        set.Block.Weights!.AsSpan(0, encoded.Ids.Length).ToArray().ShouldBe(encoded.Weights);
    }

    [Theory]
    [InlineData("The field site has one value, 'a', in all training rows", "a", "a", "a")]
    [InlineData("The field site has 3 distinct values in the training rows and none of them in at least 2", "a", "b", "c")]
    public void A_field_that_tells_nothing_is_refused(string expected, params string[] texts) =>
        Should
            .Throw<ArgumentException>(() => Encoder(new ClickField { Name = "site", MinCount = 2 }, texts))
            .Message.ShouldStartWith(expected);

    [Fact]
    public void A_field_of_numbers_refuses_words_and_one_number()
    {
        Should
            .Throw<ArgumentException>(() => Encoder(new ClickField { Name = "price", Kind = FieldKind.Scaled }, "1", "many"))
            .Message.ShouldStartWith("price is 'many'; expected is a number");
        Should
            .Throw<ArgumentException>(() => Encoder(new ClickField { Name = "price", Kind = FieldKind.Scaled }, "1", "1"))
            .Message.ShouldStartWith("The field price has one value, 1,");
        Should
            .Throw<ArgumentException>(() => Encoder(new ClickField { Name = "price", Kind = FieldKind.Bucketised }, "1", "1"))
            .Message.ShouldStartWith("The field price has one value, 1,");
    }

    [Fact]
    public void A_million_values_are_encoded_and_mentioned()
    {
        string[] texts = [.. Enumerable.Range(0, 1_000_010).Select(i => $"u{i}"), "u0", "u1"];

        var encoder = Encoder(new ClickField { Name = "user", MinCount = 2 }, texts);

        encoder.Ids.ShouldBe(4);
        encoder.Notes().Single().ShouldStartWith("The field user has 1,000,010 distinct values; the 2 that are frequent enough");
    }

    [Fact]
    public void Labels_and_rows_that_cannot_be_are_refused()
    {
        var log = new ClickLog([new ClickField { Name = "a" }]);
        log.Set(0, "x");

        Should.Throw<ArgumentException>(() => log.EndRow(2)).Message.ShouldStartWith("The label is 2; expected is 0 or 1.");
        Should.Throw<ArgumentException>(() => log.EndRow(0, double.NaN));
        Should.Throw<ArgumentException>(() => log.Set(0, "again"));
        Should.Throw<ArgumentException>(() => new ClickLog([]));
        Should.Throw<ArgumentException>(() => new ClickLog([new ClickField { Name = "a" }, new ClickField { Name = "a" }]));
        Should
            .Throw<ArgumentException>(() =>
                new ClickTraining(Some.Options, new ClickLog([new ClickField { Name = "a" }]), 1, cancellationToken: Cancelled)
            )
            .Message.ShouldContain("no training rows");
        Should
            .Throw<ArgumentException>(() =>
                new ClickTraining(Some.Options with { Dropout = 1 }, Some.Log(), 1, cancellationToken: Cancelled)
            )
            .Message.ShouldStartWith("dropout is 1; expected is 0 to under 1.");
    }

    private delegate void Setter(int field, ReadOnlySpan<char> text);

    private static void Fill(string[] row, Setter set)
    {
        for (var field = 0; field < row.Length; field++)
        {
            set(field, row[field]);
        }
    }

    private static ClickEncoder Encoder(ClickField field, params string[] texts)
    {
        var log = new ClickLog([field]);
        foreach (var text in texts)
        {
            log.Set(0, text);
            log.EndRow(0);
        }

        var isTrained = new bool[texts.Length];
        Array.Fill(isTrained, true);
        return ClickEncoder.Fit(log, isTrained, 1, cancellationToken: Cancelled);
    }

    private static int[] Ids(ClickEncoder encoder, string text) => Encode(encoder, text).Ids;

    private static float[] Weights(ClickEncoder encoder, string text) => Encode(encoder, text).Weights;

    private static (int[] Ids, float[] Weights) Encode(ClickEncoder encoder, string text)
    {
        var (ids, weights) = (new int[encoder.Slots], new float[encoder.Slots]);
        encoder.Fields[0].Encode(text, ids, weights);
        return (ids, weights);
    }
}
