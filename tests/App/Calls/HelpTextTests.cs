using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Calls;

public sealed class HelpTextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task The_help_is_as_it_was_agreed()
    {
        var agreed = RepositoryRoot.Combine("tests", "App", "Calls", "help.txt");

        var help = (await new TradepostProcess(folder.Path).RunAsync("--help")).Output;

        if (help != await File.ReadAllTextAsync(agreed, TestContext.Current.CancellationToken))
        {
            var received = Path.Combine(AppContext.BaseDirectory, "help.txt");
            await File.WriteAllTextAsync(received, help, TestContext.Current.CancellationToken);
            Assert.Fail($"The help has changed; if that is meant, copy {received} to {agreed}.");
        }
    }

    public void Dispose() => folder.Dispose();
}
