using System.IO.Compression;
using Tradepost.Jobs;
using Tradepost.Trading.Importing;

namespace Tradepost.Trading.Tests.Importing;

/// <summary>Files that are mostly no quotes, or far more than they look: they end soon and leave little behind.</summary>
public sealed class RejectedLinesTests
{
    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Of_each_kind_the_first_thousand_are_kept_and_all_are_counted(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        var file = TapeWorld.Write(
            world,
            "quotes.csv",
            [TapeWorld.Header, .. TapeWorld.Lines(6_000), .. Enumerable.Repeat("not,a,row", 3_000), .. Enumerable.Repeat("", 1_500)]
        );

        var result = await TapeWorld.ImportAsync(world, file);

        (result.Rows, result.Rejected).ShouldBe((6_000, 4_500));
        result
            .Defects.Where(defect => !defect.IsTaken)
            .ToDictionary(defect => defect.Kind, defect => defect.Lines)
            .ShouldBe(new Dictionary<string, long> { ["wrong_column_count"] = 3_000, ["blank_line"] = 1_500 }, ignoreOrder: true);
        (await TapeWorld.CountAsync(world, "collector_rejects WHERE reason = 'wrong_column_count'")).ShouldBe(1_000);
        (await TapeWorld.CountAsync(world, "collector_rejects WHERE reason = 'blank_line'")).ShouldBe(1_000);
        (await TapeWorld.CountAsync(world, "collector_rejects WHERE reason = 'wrong_column_count' AND line_number = 6002")).ShouldBe(1);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_small_file_that_expands_to_millions_of_rejects_is_stopped(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        var file = Packed(world, "bomb.csv.gz", TapeWorld.Header + "\n", [.. "\n"u8], 19_000_000);
        new FileInfo(file).Length.ShouldBeLessThan(25_000);

        var failure = await Should.ThrowAsync<JobFailedException>(() => TapeWorld.ImportAsync(world, file));

        failure.Message.ShouldMatch(
            @"^\d+ of the first \d+ lines that were read of bomb.csv.gz are no rows, more than 50 percent; correct the file, or raise --max-reject-share. What was committed before is in the store.$"
        );
        (await TapeWorld.CountAsync(world, "collector_rejects")).ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_expands_beyond_what_quotes_can_is_not_read_to_its_end()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        var gzip = Packed(
            world,
            "bomb.csv.gz",
            TapeWorld.Header + "\n" + string.Join('\n', TapeWorld.Lines(3)) + "\n",
            [.. "\n"u8],
            300_000_000
        );
        var zip = Path.Combine(world.Folder, "bomb.zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            archive.CreateEntryFromFile(gzip, "inside.csv.gz"); // compressed twice
        }

        foreach (var file in new[] { gzip, zip })
        {
            var failure = await Should.ThrowAsync<JobFailedException>(() =>
                TapeWorld.ImportAsync(world, new ImportOptions { Files = [file], MaxRejectShare = 100 })
            );

            failure.Message.ShouldMatch(@"It expands from \d+ bytes to more than \d+, over 250 times as many; files of quotes do not\.");
        }
    }

    [Fact]
    public async Task A_number_of_rejects_can_be_the_most()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        var file = TapeWorld.Write(world, "quotes.csv", [TapeWorld.Header, .. TapeWorld.Lines(100), .. Enumerable.Repeat("not,a,row", 11)]);

        (
            await Should.ThrowAsync<JobFailedException>(() =>
                TapeWorld.ImportAsync(world, new ImportOptions { Files = [file], MaxRejects = 10 })
            )
        ).Message.ShouldStartWith("quotes.csv has more than 10 rejected lines among the first 112");

        (await TapeWorld.ImportAsync(world, new ImportOptions { Files = [file], MaxRejects = 11 })).Rejected.ShouldBe(11);
    }

    private static string Packed(CollectorWorld world, string name, string begin, byte[] repeated, int times)
    {
        var path = Path.Combine(world.Folder, name);
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.SmallestSize);
        gzip.Write(System.Text.Encoding.ASCII.GetBytes(begin));
        var block = Enumerable.Repeat(repeated, 1_000_000).SelectMany(bytes => bytes).ToArray();
        for (var left = times; left > 0; left -= 1_000_000)
        {
            gzip.Write(block);
        }

        return path;
    }
}
