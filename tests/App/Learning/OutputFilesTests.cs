using Tradepost.App.Learning;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Learning;

public sealed class OutputFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_stop_in_the_middle_leaves_the_old_file_and_no_draft()
    {
        folder.Write("out.csv", "old");
        using var stop = new CancellationTokenSource();

        Should.Throw<OperationCanceledException>(() =>
            OutputFiles.Replace(
                folder.Combine("out.csv"),
                stream =>
                {
                    stream.Write("new"u8);
                    stop.Cancel();
                    stream.Write("er"u8);
                },
                stop.Token
            )
        );

        File.ReadAllText(folder.Combine("out.csv")).ShouldBe("old");
        Directory.GetFiles(folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public void All_files_are_written_or_none()
    {
        folder.Write("a.csv", "old");
        var files = new OutputFiles();
        files.Add(folder.Combine("a.csv"), () => "new");
        files.Add(folder.Combine("b.svg"), () => throw new IOException("No more."));

        Should
            .Throw<OutputException>(() => files.Write(TestContext.Current.CancellationToken))
            .Message.ShouldBe($"{folder.Combine("b.svg")} cannot be written: No more.");

        Directory.GetFiles(folder.Path).ShouldBe([folder.Combine("a.csv")]);
        File.ReadAllText(folder.Combine("a.csv")).ShouldBe("old");
    }

    [Fact]
    public void A_link_stays_one_and_a_file_keeps_its_mode()
    {
        folder.Write("real.csv", "old");
        File.CreateSymbolicLink(folder.Combine("link.csv"), folder.Combine("real.csv"));
        SetMode(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        OutputFiles.Replace(folder.Combine("link.csv"), stream => stream.Write("new"u8), TestContext.Current.CancellationToken);

        File.ReadAllText(folder.Combine("real.csv")).ShouldBe("new");
        new FileInfo(folder.Combine("link.csv")).LinkTarget.ShouldNotBeNull();
        Mode().ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
    }

    [Fact]
    public void A_device_is_written_as_it_is()
    {
        OutputFiles.Replace("/dev/null", stream => stream.Write("x"u8), TestContext.Current.CancellationToken);
        var full = Should.Throw<OutputException>(() =>
            OutputFiles.Replace("/dev/full", stream => stream.Write("x"u8), TestContext.Current.CancellationToken)
        );

        File.Exists("/dev/null.new").ShouldBeFalse();
        full.Message.ShouldBe("/dev/full cannot be written: there is no space left.");
    }

    [Fact]
    public void Places_that_cannot_be_written_are_refused_beforehand()
    {
        Refused(("--out", folder.Combine("no", "a.csv"))).ShouldContain($"there is no folder {folder.Combine("no")}");
        Refused(("--out", folder.Path)).ShouldContain("which is a folder");
        Refused(("--out", "a.csv"), ("--plot", "./a.csv")).ShouldContain("--out and --plot are both");
        Should.NotThrow(() => OutputFiles.Check(("--out", folder.Combine("a.csv")), ("--plot", null)));
    }

    public void Dispose() => folder.Dispose();

    private static string Refused(params (string Option, string? Path)[] places) =>
        Should.Throw<UsageException>(() => OutputFiles.Check(places)).Message;

    private UnixFileMode Mode() => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(folder.Combine("real.csv"));

    private void SetMode(UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Combine("real.csv"), mode);
        }
    }
}
