using Tradepost.Tests.Support;

namespace Tradepost.EndToEnd.Tests.Support;

public sealed class SharedDataTests
{
    [Fact]
    public void A_file_beside_the_repository_is_found()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("shared/data/a.csv", "x\n");

        SharedData.Path(folder.Combine("repository"), "data/a.csv").ShouldBe(file);
    }

    [Fact]
    public void A_missing_file_is_named_in_the_reason()
    {
        using var folder = new TemporaryFolder();

        Action find = () => SharedData.Path(folder.Combine("repository"), "data/b.csv");

        find.ShouldThrow<Exception>().Message.ShouldEndWith("skipped: needs ../shared/data/b.csv");
    }
}
