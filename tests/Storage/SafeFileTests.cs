using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests;

public sealed class SafeFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_file_is_replaced_by_the_new_text_and_nothing_is_left_beside_it()
    {
        var path = folder.Write("position", "1");

        SafeFile.Replace(path, "2");

        File.ReadAllText(path).ShouldBe("2");
        Directory.GetFiles(folder.Path).ShouldBe([path]);
    }

    [Fact]
    public void A_write_that_fails_half_way_leaves_the_old_file()
    {
        var path = folder.Write("position", "1");

        Should.Throw<IOException>(() => SafeFile.Replace(path, file =>
            {
                file.WriteByte((byte)'2');
                throw new IOException("No space left on device");
            }));

        File.ReadAllText(path).ShouldBe("1");
    }

    public void Dispose() => folder.Dispose();
}
