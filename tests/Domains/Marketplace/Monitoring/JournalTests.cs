using Tradepost.Jobs;
using Tradepost.Marketplace.Monitoring;
using Tradepost.Tests.Support;

namespace Tradepost.Marketplace.Tests.Monitoring;

public sealed class JournalTests : IDisposable
{
    private static readonly WatchSource Source = new(
        "shop",
        [new("title", "t", IsNumber: false), new("price", "p", IsNumber: true), new("note", "n", IsNumber: false)]
    );

    private readonly TemporaryFolder folder = new();

    private string Path => folder.Combine("shop", "2026-03-29.csv");

    [Fact]
    public void What_is_written_is_read_back_request_by_request()
    {
        var all = Requests(7, 30);
        Write(all);

        Journal.Read(Journal.PartOf(Path), 0).Select(Shown).ShouldBe(all.Select(Shown));
        Journal.Read(Journal.PartOf(Path), 20).Select(Shown).ShouldBe(all.Skip(20).Select(Shown));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_file_cut_off_anywhere_goes_on_behind_its_last_whole_request(int seed)
    {
        var all = Requests(seed, 12);
        Write(all);
        var bytes = File.ReadAllBytes(Journal.PartOf(Path));
        var dice = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            File.WriteAllBytes(Journal.PartOf(Path), bytes[..dice.Next(bytes.Length + 1)]);
            using (var journal = Journal.Open(Path, Source))
            {
                var done = journal.Done;
                done.Keys.ShouldBe(all.Take(done.Count).Select(one => one.Key), ignoreOrder: true);
                foreach (var request in all.Skip(done.Count))
                {
                    journal.Add(request);
                }
            }

            File.ReadAllBytes(Journal.PartOf(Path)).ShouldBe(bytes);
        }
    }

    [Fact]
    public void A_day_is_not_gone_on_with_other_fields()
    {
        Write(Requests(1, 2));

        Should
            .Throw<JobFailedException>(() => Journal.Open(Path, Source with { Fields = [new("price", "p", IsNumber: true)] }))
            .Message.ShouldContain("was begun with other fields than the source has now");
    }

    [Fact]
    public void A_complete_day_has_its_name()
    {
        using (var journal = Journal.Open(Path, Source))
        {
            journal.Add(Requests(1, 1)[0]);
            journal.Complete();
        }

        File.Exists(Path).ShouldBeTrue();
        File.Exists(Journal.PartOf(Path)).ShouldBeFalse();
    }

    public void Dispose() => folder.Dispose();

    private void Write(IReadOnlyList<Collected> requests)
    {
        using var journal = Journal.Open(Path, Source);
        foreach (var request in requests)
        {
            journal.Add(request);
        }
    }

    private static List<Collected> Requests(int seed, int count)
    {
        var dice = new Random(seed);
        string[] texts = ["plain", "with, comma", "a \"quote\"", "; semicolon", " spaces around ", "ұзақ мәтін", "'", ""];
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new Collected(
                    dice.Next(4) == 0 ? $"list/a,b/{i}" : $"product/{i}",
                    new DateTime(2026, 3, 29, 1, 2, 3).AddSeconds(i),
                    [
                        .. Enumerable
                            .Range(0, dice.Next(4))
                            .Select(j => new CollectedProduct(
                                $"{i}-{j}",
                                new Dictionary<string, string>
                                {
                                    ["title"] = texts[dice.Next(texts.Length)],
                                    ["price"] = $"{dice.Next(999)}.5",
                                }
                                    .Where(one => one.Value.Length > 0)
                                    .ToDictionary(),
                                [
                                    .. Enumerable
                                        .Range(0, dice.Next(3))
                                        .Select(k => new Dictionary<string, string>
                                        {
                                            ["merchant"] = texts[dice.Next(texts.Length)],
                                            ["price"] = $"{k}",
                                        }),
                                ]
                            )),
                    ]
                )),
        ];
    }

    private static string Shown(Collected one) =>
        $"{one.Key} {one.At:O} {string.Join(
            "; ",
            one.Seen.Select(product =>
                $"{product.Sku} {Shown(product.Values)} {string.Join(",", product.Offers.Select(Shown))}"
            )
        )}".Replace(
            "Z",
            "",
            StringComparison.Ordinal
        );

    private static string Shown(IReadOnlyDictionary<string, string> values) =>
        string.Join('|', values.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}"));
}
